package dev.acm2.projector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallPlace;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.testkit.CallFacts;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Raw events against a real PostgreSQL.
class EventRowsIT {

  private static final RunId RUN = Facts.runId(1);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS.topic(), 2);

  private final Database database = new Database();
  private final SinkWriter raw = new SinkWriter(
    database.dataSource(),
    Map.of(PARTITION.topic(), new EventRows())
  );

  @BeforeEach
  void prepare() throws SQLException {
    ProjectionSchema.migrate(database.dataSource());
    assertThat(raw.next(PARTITION)).isZero();
  }

  @Test
  void shouldWriteEventsAndWhoWroteThemOnce() throws SQLException {
    // given
    List<RecordedEvent> log = RandomRun.log(5, RUN, 2);
    List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    log.forEach(event -> events.add(event(events.size(), event)));

    // when
    raw.write(PARTITION, events);
    boolean again = raw.write(PARTITION, events);

    // then
    assertThat(again).isFalse();
    assertThat(
      database.rows("SELECT count(*), min(log_offset), max(log_offset) FROM projection.run_event")
    ).containsExactly(log.size() + "|0|" + (log.size() - 1));
    assertThat(
      database.rows("SELECT type, call_id IS NULL FROM projection.run_event WHERE log_offset = 0")
    ).containsExactly("run-requested|t");
    assertThat(
      database.rows("SELECT service, instance, build_id FROM projection.producer")
    ).containsExactly("test|test-1|test-build");
  }

  /// It is no event of the call itself, and belongs to its timeline all the same.
  @Test
  void shouldFindTheRequestToCancelACallByTheCall() throws SQLException {
    // given
    ModelId model = ModelId.parse("openai:gpt-5.1");
    CallFacts call = new CallFacts(RUN, CallPlace.generation("doc-1.md", model, 1));
    RecordedEvent requested = new Facts("test").stamp(RUN, call.cancelRequested());

    // when
    raw.write(PARTITION, List.of(event(0, requested)));

    // then
    assertThat(database.rows("SELECT call_id FROM projection.run_event")).containsExactly(
      call.id().value()
    );
  }

  private static ConsumerRecord<byte[], byte[]> event(int offset, RecordedEvent event) {
    ProducerRecord<byte[], byte[]> sent = EventRecords.toRecord(event);
    return new ConsumerRecord<>(
      Topics.EVENTS.topic(),
      2,
      offset,
      event.meta().occurredAt().toEpochMilli(),
      TimestampType.LOG_APPEND_TIME,
      36,
      sent.value().length,
      sent.key(),
      sent.value(),
      sent.headers(),
      Optional.empty()
    );
  }
}
