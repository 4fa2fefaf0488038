package dev.acm2.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventCodec.Encoded;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventCodecTest {

  private static final int RUNS = 200;

  @ParameterizedTest
  @EnumSource(EventType.class)
  void shouldReadBackWhatItWrote(EventType type) {
    // given
    RandomEvents events = new RandomEvents(type.ordinal());
    for (int i = 0; i < RUNS; i++) {
      RecordedEvent recorded = events.next(type);
      // when
      Encoded encoded = EventCodec.encode(recorded);
      // then
      assertThat(decode(encoded)).isEqualTo(new Decoded.Known(recorded));
      assertThat(encoded.headers()).containsEntry("type", type.wireName());
    }
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void shouldGiveEqualBytesForEqualEvents(EventType type) {
    RecordedEvent first = new RandomEvents(42).next(type);
    RecordedEvent second = new RandomEvents(42).next(type);

    assertThat(EventCodec.encode(first).value()).isEqualTo(EventCodec.encode(second).value());
  }

  @Test
  void shouldAnswerAnUnknownTypeWithAValue() {
    // given
    Encoded encoded = EventCodec.encode(new RandomEvents(1).next(EventType.CALL_STARTED));
    Map<String, String> headers = new HashMap<>(encoded.headers());
    headers.put(EventCodec.TYPE, "call-teleported");
    // when
    Decoded decoded = EventCodec.decode(encoded.key(), encoded.value(), headers);
    // then
    assertThat(decoded).isEqualTo(new Decoded.UnknownType("call-teleported", "1"));
  }

  @Test
  void shouldAnswerANewerSchemaVersionWithAValue() {
    Encoded encoded = EventCodec.encode(new RandomEvents(1).next(EventType.CALL_STARTED));
    Map<String, String> headers = new HashMap<>(encoded.headers());
    headers.put(EventCodec.VERSION, "99");

    assertThat(EventCodec.decode(encoded.key(), encoded.value(), headers)).isEqualTo(
      new Decoded.UnknownType("call-started", "99")
    );
  }

  @Test
  void shouldIgnoreFieldsOfTheFuture() {
    // given
    RecordedEvent recorded = new RandomEvents(3).next(EventType.RUN_CANCEL_REQUESTED);
    Encoded encoded = EventCodec.encode(recorded);
    String json = new String(encoded.value(), StandardCharsets.UTF_8);
    String newer = json.substring(0, json.length() - 1) + ",\"fieldOfTheFuture\":{\"a\":1}}";
    // when
    Decoded decoded = EventCodec.decode(
      encoded.key(),
      newer.getBytes(StandardCharsets.UTF_8),
      encoded.headers()
    );
    // then
    assertThat(decoded).isEqualTo(new Decoded.Known(recorded));
  }

  @Test
  void shouldNameTheMissingField() {
    Encoded encoded = EventCodec.encode(new RandomEvents(1).next(EventType.CALL_STARTED));
    byte[] noWorker =
      "{\"callId\":\"00000000000000000000000000000000\",\"epoch\":1,\"attempt\":1,\"deadlineAt\":\"2026-01-01T00:00:00Z\"}".getBytes(
        StandardCharsets.UTF_8
      );

    assertThat(EventCodec.decode(encoded.key(), noWorker, encoded.headers())).isEqualTo(
      new Decoded.Undecodable("call-started: workerId is missing")
    );
  }

  @Test
  void shouldAnswerARecordWithoutKeyOrValueWithAValue() {
    Encoded encoded = EventCodec.encode(new RandomEvents(1).next(EventType.CALL_STARTED));

    assertThat(EventCodec.decode(null, encoded.value(), encoded.headers())).isInstanceOf(
      Decoded.Undecodable.class
    );
    assertThat(EventCodec.decode(encoded.key(), null, encoded.headers())).isInstanceOf(
      Decoded.Undecodable.class
    );
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void shouldNeverThrowWhateverTheBytes(EventType type) {
    // given
    Random random = new Random(type.ordinal());
    Encoded good = EventCodec.encode(new RandomEvents(7).next(type));
    for (int i = 0; i < RUNS; i++) {
      byte[] bytes = good.value().clone();
      int damage = 1 + random.nextInt(5);
      for (int d = 0; d < damage; d++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      // when
      Decoded decoded = EventCodec.decode(good.key(), bytes, good.headers());
      // then
      assertThat(decoded).isInstanceOfAny(Decoded.Known.class, Decoded.Undecodable.class);
    }
  }

  @Test
  void shouldNotTakeAnotherKeyForARun() {
    Encoded encoded = EventCodec.encode(new RandomEvents(1).next(EventType.CALL_STARTED));

    assertThat(
      EventCodec.decode(
        "not-a-run".getBytes(StandardCharsets.UTF_8),
        encoded.value(),
        encoded.headers()
      )
    ).isInstanceOf(Decoded.Undecodable.class);
  }

  private static Decoded decode(Encoded encoded) {
    return EventCodec.decode(encoded.key(), encoded.value(), encoded.headers());
  }
}
