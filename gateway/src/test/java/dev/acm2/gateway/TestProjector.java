package dev.acm2.gateway;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// The projector in its smallest form: an event goes to the log, its views to their topic, and, when
/// told so, the rows to the tables. So a test decides how far the tables lag behind the topic.
final class TestProjector implements AutoCloseable {

  private static final String EVENT =
    "INSERT INTO projection.run_event (partition, log_offset, run_id, call_id, type, event_id," +
    " occurred_at, appended_at, service, instance, build_id, body)" +
    " VALUES (?, ?, ?, ?, ?, ?, ?, now(), ?, ?, ?, ?)";
  private static final String LINE =
    "INSERT INTO projection.run_log (log_partition, log_offset, run_id, at, level, call_id, epoch," +
    " attempt, source, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final KafkaProducer<byte[], byte[]> producer;
  private final TestTables tables;
  private final Map<RunId, RunProjection> projections = new HashMap<>();
  private final Map<RunId, Long> firstOffsets = new HashMap<>();
  private final Map<Integer, Long> nextViews = new HashMap<>();

  TestProjector(KafkaSettings kafka, DataSource dataSource) throws SQLException, IOException {
    producer = kafka.producer("test-projector");
    tables = new TestTables(dataSource);
  }

  /// Appends the event and publishes its views.
  void publish(RecordedEvent event) throws Exception {
    RecordMetadata at = producer.send(EventRecords.toRecord(event)).get();
    RunProjection projection = projections.computeIfAbsent(event.runId(), _ -> new RunProjection());
    boolean first = projection.run() == null;
    projection.apply(event, new AsOf(1, at.partition(), at.offset()));
    if (event.event() instanceof CallEvent of) {
      CallView call = requireNonNull(projection.call(of.callId()));
      if (call.version() == at.offset()) {
        send(at.partition(), event.runId() + "/" + call.callId(), "call", call).get();
      }
    }
    RunView run = requireNonNull(projection.run());
    firstOffsets.putIfAbsent(event.runId(), at.offset());
    RecordMetadata view = send(
      at.partition(),
      "" + event.runId(),
      "run",
      first ? run : run.withSpec(null)
    ).get();
    nextViews.put(at.partition(), view.offset() + 1);
  }

  /// Brings the tables up to what has been published.
  void writeTables() throws SQLException {
    tables.write(projections, firstOffsets, nextViews);
  }

  /// Writes the raw event, as of a place in the log.
  void writeEvent(RecordedEvent recorded, int partition, long offset) throws SQLException {
    EventMeta meta = recorded.meta();
    tables.update(
      EVENT,
      partition,
      offset,
      recorded.runId().value(),
      recorded.event() instanceof CallEvent of ? of.callId().value() : null,
      EventType.of(recorded.event()).wireName(),
      meta.eventId(),
      meta.occurredAt().atOffset(ZoneOffset.UTC),
      meta.producer().service(),
      meta.producer().instance(),
      meta.producer().buildId(),
      new String(EventCodec.encode(recorded).value(), StandardCharsets.UTF_8)
    );
  }

  /// Writes a console line, as of a place in its topic.
  void writeLine(ConsoleLine line, int partition, long offset) throws SQLException {
    tables.update(
      LINE,
      partition,
      offset,
      line.runId().value(),
      line.at().atOffset(ZoneOffset.UTC),
      line.level().name(),
      line.callId() == null ? null : line.callId().value(),
      line.epoch(),
      line.attempt(),
      line.source(),
      line.text()
    );
  }

  /// Deletes the rows of a run, whose deletion nobody has published.
  void deleteRows(RunId runId) throws SQLException {
    tables.delete(requireNonNull(requireNonNull(projections.remove(runId)).run()));
  }

  /// Before the first event of a run.
  AsOf beginning(RunId runId) {
    AsOf now = requireNonNull(projection(runId).run()).asOf();
    return new AsOf(now.generation(), now.partition(), -1);
  }

  void publishAndWrite(RecordedEvent event) throws Exception {
    publishAndWrite(List.of(event));
  }

  void publishAndWrite(List<RecordedEvent> events) throws Exception {
    for (RecordedEvent event : events) {
      publish(event);
    }
    writeTables();
  }

  void execute(String sql) throws SQLException {
    tables.execute(sql);
  }

  RunProjection projection(RunId runId) {
    return requireNonNull(projections.get(runId));
  }

  @Override
  public void close() {
    producer.close();
  }

  private Future<RecordMetadata> send(int partition, String key, String kind, Record view) {
    return producer.send(
      new ProducerRecord<>(
        Topics.VIEWS.topic(),
        partition,
        key.getBytes(StandardCharsets.UTF_8),
        ContractJson.VIEWS.writeValueAsBytes(view),
        EventRecords.toHeaders(Map.of("view", kind, "generation", "1"))
      )
    );
  }
}
