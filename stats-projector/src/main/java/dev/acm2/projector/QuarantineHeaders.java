package dev.acm2.projector;

import dev.acm2.eventlog.EventRecords;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Where a quarantined record stood and what is wrong with it, beside its own headers.
record QuarantineHeaders(String topic, int partition, long offset, String error) {
  private static final String TOPIC = "source-topic";
  private static final String PARTITION = "source-partition";
  private static final String OFFSET = "source-offset";
  private static final String ERROR = "error";
  private static final int MAX_ERROR = 2000;

  static void write(Headers headers, RecordMetadata at, String error) {
    EventRecords.toHeaders(
      Map.of(
        TOPIC,
        at.topic(),
        PARTITION,
        Integer.toString(at.partition()),
        OFFSET,
        Long.toString(at.offset()),
        ERROR,
        error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR)
      )
    ).forEach(headers::add);
  }

  /// @throws IllegalArgumentException when the headers are not ours
  static QuarantineHeaders read(Headers headers) {
    Map<String, String> values = EventRecords.toMap(headers);
    return new QuarantineHeaders(
      value(values, TOPIC),
      Integer.parseInt(value(values, PARTITION)),
      Long.parseLong(value(values, OFFSET)),
      value(values, ERROR)
    );
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }
}
