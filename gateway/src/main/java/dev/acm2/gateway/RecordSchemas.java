package dev.acm2.gateway;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// JSON schemas of records, from the very declarations that the compiler checks: what is not
/// `@Nullable` is required and never null; what is, is required too and may be null, since views are
/// written with every field. Only what clients send, and problems, may leave things out.
final class RecordSchemas {

  private static final Map<Class<?>, String[]> PLAIN = Map.ofEntries(
    Map.entry(String.class, new String[] { "string", "" }),
    Map.entry(UUID.class, new String[] { "string", "uuid" }),
    Map.entry(LocalDate.class, new String[] { "string", "date" }),
    Map.entry(Instant.class, new String[] { "string", "date-time" }),
    Map.entry(Duration.class, new String[] { "string", "duration" }),
    Map.entry(BigDecimal.class, new String[] { "number", "" }),
    Map.entry(Integer.class, new String[] { "integer", "int32" }),
    Map.entry(int.class, new String[] { "integer", "int32" }),
    Map.entry(Long.class, new String[] { "integer", "int64" }),
    Map.entry(long.class, new String[] { "integer", "int64" }),
    Map.entry(Double.class, new String[] { "number", "double" }),
    Map.entry(double.class, new String[] { "number", "double" }),
    Map.entry(JsonNode.class, new String[] { "object", "" }),
    Map.entry(Boolean.class, new String[] { "boolean", "" }),
    Map.entry(boolean.class, new String[] { "boolean", "" })
  );
  private static final Set<Class<?>> LENIENT = Set.of(
    Problem.class,
    RetryRequest.class,
    ReEvaluationRequest.class,
    DeleteRequest.class,
    PresetChange.class
  );
  private static final String SUBMISSION = "RunSubmission";

  private final Map<String, Schema<?>> named = new TreeMap<>();

  /// Every record, enum and union that was described so far, by its name.
  Map<String, Schema<?>> named() {
    return named;
  }

  /// Whether the type is described here.
  static boolean describes(Type type) {
    return (
      type instanceof Class<?> c &&
      (c.isRecord() || c.isEnum() || TaggedTypes.isUnion(c)) &&
      c.getName().startsWith("dev.acm2.")
    );
  }

  /// The schema to use where a value of the type is due.
  Schema<?> of(Type type) {
    return switch (type) {
      case ParameterizedType generic -> ofGeneric(generic);
      case Class<?> plain when PLAIN.containsKey(plain) -> ofPlain(plain);
      case Class<?> known when describes(known) -> jsonValue(known)
        .map(this::of)
        .orElseGet(() -> ofNamed(known));
      default -> throw new IllegalArgumentException("no schema for " + type);
    };
  }

  private Schema<?> ofGeneric(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    boolean isList = type.getRawType() == List.class;
    Schema<?> item = of(arguments[arguments.length - 1]);
    return isList ? typed("array").items(item) : typed("object").additionalProperties(item);
  }

  private static Schema<?> ofPlain(Class<?> plain) {
    String[] form = PLAIN.getOrDefault(plain, new String[0]);
    Schema<?> schema = typed(form[0]);
    return form[1].isEmpty() ? schema : schema.format(form[1]);
  }

  private Schema<?> ofNamed(Class<?> type) {
    String name = name(type);
    if (!named.containsKey(name)) {
      named.put(name, typed("object"));
      named.put(name, ofBody(type, name));
    }
    return new JsonSchema().$ref("#/components/schemas/" + name);
  }

  private Schema<?> ofBody(Class<?> type, String name) {
    if (TaggedTypes.isUnion(type)) {
      Schema<Object> either = new JsonSchema();
      TaggedTypes.variants(type).forEach(variant -> either.addOneOfItem(of(variant)));
      return either;
    }
    return type.isEnum() ? ofEnum(type) : ofRecord(type, name);
  }

  private static Schema<?> ofEnum(Class<?> type) {
    Schema<Object> schema = typed("string");
    Arrays.stream(type.getEnumConstants()).forEach(constant ->
      schema.addEnumItemObject(constant.toString())
    );
    return schema;
  }

  private Schema<?> ofRecord(Class<?> type, String name) {
    Schema<Object> schema = typed("object");
    List<String> required = new ArrayList<>();
    TaggedTypes.tag(type).ifPresent(tag -> {
      Schema<Object> kind = typed("string");
      kind.addEnumItemObject(tag.name());
      schema.addProperty(tag.property(), kind);
      required.add(tag.property());
    });
    for (RecordComponent component : type.getRecordComponents()) {
      boolean nullable = isNullable(component.getAnnotatedType());
      boolean optional = nullable && (name.startsWith(SUBMISSION) || LENIENT.contains(type));
      Schema<?> value = ofComponent(component.getAnnotatedType());
      schema.addProperty(component.getName(), nullable && !optional ? orNull(value) : value);
      if (!optional) {
        required.add(component.getName());
      }
    }
    schema.setRequired(required.isEmpty() ? null : required);
    return schema;
  }

  private Schema<?> ofComponent(AnnotatedType type) {
    return type instanceof AnnotatedParameterizedType generic
      ? ofGeneric((ParameterizedType) generic.getType())
      : of(type.getType());
  }

  private static Schema<?> orNull(Schema<?> schema) {
    if (schema.get$ref() != null) {
      Schema<Object> either = new JsonSchema();
      either.addOneOfItem(schema);
      either.addOneOfItem(typed("null"));
      return either;
    }
    schema.addType("null");
    return schema;
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  /// The type that a value is written as when it is not written as an object.
  private static Optional<Type> jsonValue(Class<?> type) {
    if (!type.isRecord()) {
      return Optional.empty();
    }
    Optional<Type> byComponent = Arrays.stream(type.getRecordComponents())
      .filter(component -> component.getAccessor().isAnnotationPresent(JsonValue.class))
      .<Type>map(RecordComponent::getGenericType)
      .findFirst();
    return byComponent.or(() ->
      Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(JsonValue.class))
        .<Type>map(Method::getGenericReturnType)
        .findFirst()
    );
  }

  /// Nested types carry the name of what they are nested in, but for frames and for what a gateway's
  /// answer holds: `RunSpecDocument` is not `RunSubmissionDocument`.
  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ||
      outer == Frame.class ||
      type.getSimpleName().startsWith(outer.getSimpleName())
      ? type.getSimpleName()
      : name(outer) + type.getSimpleName();
  }

  private static Schema<Object> typed(String type) {
    JsonSchema schema = new JsonSchema();
    schema.setTypes(new java.util.LinkedHashSet<>(Set.of(type)));
    return schema;
  }
}
