package dev.acm2.eventlog;

import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventCodec.Encoded;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Events as Kafka records and back.
public final class EventRecords {

  private EventRecords() {}

  /// The record of an event for [Topics#EVENTS], keyed by its run.
  public static ProducerRecord<byte[], byte[]> toRecord(RecordedEvent recorded) {
    Encoded encoded = EventCodec.encode(recorded);
    return new ProducerRecord<>(
      Topics.EVENTS.topic(),
      null,
      encoded.key(),
      encoded.value(),
      toHeaders(encoded.headers())
    );
  }

  public static Decoded decode(ConsumerRecord<byte[], byte[]> received) {
    return EventCodec.decode(received.key(), received.value(), toMap(received.headers()));
  }

  public static Headers toHeaders(Map<String, String> values) {
    RecordHeaders headers = new RecordHeaders();
    values.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    return headers;
  }

  /// Of several headers of one name the last one counts; a header without value is passed over.
  public static Map<String, String> toMap(Headers headers) {
    Map<String, String> values = new HashMap<>();
    for (Header header : headers) {
      if (header.value() != null) {
        values.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
