package dev.acm2.contract;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Events to bytes and back. Decoding is total: whatever the bytes are, the answer is a value and never
/// an exception, because one bad record must not stop the readers of a log.
public final class EventCodec {

  /// Version of the events that this build writes.
  public static final int SCHEMA_VERSION = 1;

  static final String TYPE = "type";
  static final String VERSION = "schema-version";
  static final String EVENT_ID = "event-id";
  static final String OCCURRED_AT = "occurred-at";
  static final String SERVICE = "service";
  static final String INSTANCE = "instance";
  static final String BUILD = "build-id";
  static final String TRACEPARENT = "traceparent";

  private EventCodec() {}

  /// A record as a log keeps it.
  public record Encoded(byte[] key, byte[] value, Map<String, String> headers) {}

  /// What a record turned out to be.
  public sealed interface Decoded {
    record Known(RecordedEvent recorded) implements Decoded {}

    /// A well-formed record of a type or version that this build does not know.
    record UnknownType(String type, String version) implements Decoded {}

    /// Not an event at all.
    record Undecodable(String reason) implements Decoded {}
  }

  public static Encoded encode(RecordedEvent recorded) {
    return new Encoded(
      recorded.runId().toString().getBytes(StandardCharsets.UTF_8),
      ContractJson.EVENTS.writeValueAsBytes(recorded.event()),
      headers(recorded)
    );
  }

  private static Map<String, String> headers(RecordedEvent recorded) {
    EventMeta meta = recorded.meta();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(TYPE, EventType.of(recorded.event()).wireName());
    headers.put(VERSION, Integer.toString(SCHEMA_VERSION));
    headers.put(EVENT_ID, meta.eventId().toString());
    headers.put(OCCURRED_AT, meta.occurredAt().toString());
    headers.put(SERVICE, meta.producer().service());
    headers.put(INSTANCE, meta.producer().instance());
    headers.put(BUILD, meta.producer().buildId());
    if (meta.traceparent() != null) {
      headers.put(TRACEPARENT, meta.traceparent());
    }
    return headers;
  }

  public static Decoded decode(
    byte @Nullable [] key,
    byte @Nullable [] value,
    Map<String, String> headers
  ) {
    if (key == null || value == null) {
      return new Decoded.Undecodable("a record without " + (key == null ? "key" : "value"));
    }
    String type = headers.getOrDefault(TYPE, "");
    String version = headers.getOrDefault(VERSION, "");
    Optional<EventType> known = EventType.named(type);
    if (known.isEmpty() || !version.equals(Integer.toString(SCHEMA_VERSION))) {
      return type.isEmpty()
        ? new Decoded.Undecodable("a record without type header")
        : new Decoded.UnknownType(type, version);
    }
    return decodeKnown(known.get(), key, value, headers);
  }

  private static Decoded decodeKnown(
    EventType type,
    byte[] key,
    byte[] value,
    Map<String, String> headers
  ) {
    try {
      RunId runId = RunId.parse(new String(key, StandardCharsets.UTF_8));
      RunEvent event = ContractJson.EVENTS.readValue(value, type.javaType());
      Required.check((Record) event);
      return new Decoded.Known(new RecordedEvent(runId, meta(headers), event));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return new Decoded.Undecodable(type.wireName() + ": " + e.getMessage());
    }
  }

  private static EventMeta meta(Map<String, String> headers) {
    return new EventMeta(
      UUID.fromString(header(headers, EVENT_ID)),
      Instant.parse(header(headers, OCCURRED_AT)),
      new EventMeta.Producer(
        header(headers, SERVICE),
        header(headers, INSTANCE),
        header(headers, BUILD)
      ),
      headers.get(TRACEPARENT)
    );
  }

  private static String header(Map<String, String> headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }
}
