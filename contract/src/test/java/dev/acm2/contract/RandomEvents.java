package dev.acm2.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Random events of every type, made from what the records themselves say about their components, so
/// that a new event or field is covered without a word here.
final class RandomEvents {

  private static final String LETTERS = "aZ09 \"\\\n\tüß€\u0000\uD83D\uDE00{}[]:,";

  private final Random random;

  RandomEvents(long seed) {
    random = new Random(seed);
  }

  RecordedEvent next(EventType type) {
    return new RecordedEvent(runId(), meta(), type.javaType().cast(record(type.javaType())));
  }

  private RunId runId() {
    return RunId.of(instant(), random.nextLong(), random.nextLong());
  }

  private EventMeta meta() {
    String trace = random.nextBoolean() ? "00-" + text() : null;
    EventMeta.Producer producer = new EventMeta.Producer(text(), text(), text());
    return new EventMeta(
      new UUID(random.nextLong(), random.nextLong()),
      instant(),
      producer,
      trace
    );
  }

  private Object record(Class<?> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      @Nullable
      Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = component(components[i]);
      }
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot make a " + type, e);
    }
  }

  private @Nullable Object component(RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return nullable && random.nextBoolean() ? null : value(component.getGenericType());
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType list) {
      return list(list.getActualTypeArguments()[0]);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == RunId.class) {
      return runId();
    }
    if (raw == String.class) {
      return text();
    }
    if (raw == int.class || raw == Integer.class) {
      return random.nextInt(1_000_000);
    }
    if (raw == Double.class) {
      return random.nextInt(1001) / 1000.0;
    }
    if (raw == BigDecimal.class) {
      return BigDecimal.valueOf(random.nextInt(1_000_000), 3);
    }
    if (raw == long.class) {
      return random.nextLong(1L << 53);
    }
    if (raw == boolean.class) {
      return random.nextBoolean();
    }
    if (raw == Instant.class) {
      return instant();
    }
    if (raw == Duration.class) {
      return Duration.ofMillis(random.nextLong(1L << 40));
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    }
    return known(raw);
  }

  private Object known(Class<?> raw) {
    if (raw == CallId.class) {
      return CallId.of(runId(), CallPlace.generation(text(), model(), 1));
    }
    if (raw == ModelId.class) {
      return model();
    }
    if (raw == ArtifactRef.class) {
      return ArtifactRef.of(text().getBytes(java.nio.charset.StandardCharsets.UTF_8), "text/plain");
    }
    if (raw == Usd.class) {
      return Usd.of(BigDecimal.valueOf(random.nextLong(1L << 40), 9));
    }
    if (raw == CallResult.class) {
      Class<?>[] kinds = CallResult.class.getPermittedSubclasses();
      return record(kinds[random.nextInt(kinds.length)]);
    }
    return record(raw);
  }

  private List<Object> list(Type element) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      values.add(value(element));
    }
    return List.copyOf(values);
  }

  private ModelId model() {
    return new ModelId("provider-" + random.nextInt(5), "model:" + random.nextInt(5) + ":free");
  }

  private Instant instant() {
    return Instant.ofEpochMilli(random.nextLong(1L << 42));
  }

  private String text() {
    int[] codePoints = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
    }
    return text.toString();
  }
}
