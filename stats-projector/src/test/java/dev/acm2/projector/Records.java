package dev.acm2.projector;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// Records of partition 0, as a sink reads them.
final class Records {

  private static final byte[] NO_KEY = {};

  private Records() {}

  static ConsumerRecord<byte[], byte[]> view(
    long offset,
    String kind,
    int generation,
    Record view
  ) {
    return view(offset, kind, generation, ContractJson.VIEWS.writeValueAsBytes(view));
  }

  static ConsumerRecord<byte[], byte[]> view(
    long offset,
    String kind,
    int generation,
    byte[] value
  ) {
    Headers headers = EventRecords.toHeaders(Map.of("view", kind, "generation", "" + generation));
    return of(Topics.VIEWS, offset, NO_KEY, value, headers);
  }

  static ConsumerRecord<byte[], byte[]> event(long offset, RecordedEvent event) {
    ProducerRecord<byte[], byte[]> sent = EventRecords.toRecord(event);
    return of(Topics.EVENTS, offset, sent.key(), sent.value(), sent.headers());
  }

  static ConsumerRecord<byte[], byte[]> line(long offset, Record line) {
    byte[] value = ContractJson.EVENTS.writeValueAsBytes(line);
    return of(Topics.LOGS, offset, NO_KEY, value, new RecordHeaders());
  }

  private static ConsumerRecord<byte[], byte[]> of(
    Topics topic,
    long offset,
    byte[] key,
    byte[] value,
    Headers headers
  ) {
    return new ConsumerRecord<>(
      topic.topic(),
      0,
      offset,
      0,
      TimestampType.CREATE_TIME,
      key.length,
      value.length,
      key,
      value,
      headers,
      Optional.empty()
    );
  }
}
