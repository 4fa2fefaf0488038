package dev.acm2.projector;

import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.EventRecords;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// acm2.events -> run_event, and who wrote them -> producer. What is no event is left to the fold,
/// which quarantines it. Events of deleted runs are passed over.
final class EventRows implements RowWriter {

  private static final String INSERT =
    "INSERT INTO projection.run_event (partition, log_offset, run_id, call_id, type, event_id," +
    " occurred_at, appended_at, service, instance, build_id, body)" +
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String SEEN =
    "INSERT INTO projection.producer (service, instance, build_id, last_seen_at)" +
    " VALUES (?, ?, ?, ?) ON CONFLICT (service, instance) DO UPDATE" +
    " SET build_id = excluded.build_id, last_seen_at = excluded.last_seen_at" +
    " WHERE excluded.last_seen_at >= producer.last_seen_at";

  private record Row(
    ConsumerRecord<byte[], byte[]> received,
    RecordedEvent recorded,
    Instant appendedAt
  ) {}

  private record Instance(@Nullable String service, @Nullable String instance) {}

  @Override
  public void write(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
    throws SQLException {
    List<Row> rows = new ArrayList<>();
    Map<Instance, Row> seen = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> received : records) {
      if (EventRecords.decode(received) instanceof Decoded.Known(RecordedEvent recorded)) {
        Row row = new Row(received, recorded, Instant.ofEpochMilli(received.timestamp()));
        EventMeta.Producer producer = recorded.meta().producer();
        rows.add(row);
        seen.put(new Instance(Rows.text(producer.service()), Rows.text(producer.instance())), row);
      }
    }
    List<RunId> runs = rows
      .stream()
      .map(row -> row.recorded().runId())
      .toList();
    Set<RunId> deleted = DeletedRuns.whileWriting(connection, runs);
    rows.removeIf(row -> deleted.contains(row.recorded().runId()));
    Rows.write(connection, INSERT, rows, EventRows::bind);
    Rows.write(connection, SEEN, seen.values(), EventRows::bindSeen);
  }

  private static void bind(PreparedStatement statement, Row row) throws SQLException {
    EventMeta meta = row.recorded().meta();
    statement.setInt(1, row.received().partition());
    statement.setLong(2, row.received().offset());
    statement.setObject(3, row.recorded().runId().value());
    statement.setString(4, callId(row.recorded().event()));
    statement.setString(5, EventType.of(row.recorded().event()).wireName());
    statement.setObject(6, meta.eventId());
    statement.setObject(7, Rows.time(meta.occurredAt()));
    statement.setObject(8, Rows.time(row.appendedAt()));
    statement.setString(9, Rows.text(meta.producer().service()));
    statement.setString(10, Rows.text(meta.producer().instance()));
    statement.setString(11, Rows.text(meta.producer().buildId()));
    statement.setString(12, Rows.text(new String(row.received().value(), StandardCharsets.UTF_8)));
  }

  private static @Nullable String callId(RunEvent event) {
    return switch (event) {
      case CallEvent call -> call.callId().value();
      case RunEvent.CallCancelRequested cancel -> cancel.callId().value();
      case
        RunEvent.RunRequested _,
        RunEvent.RunCancelRequested _,
        RunEvent.RunPauseRequested _,
        RunEvent.RunResumeRequested _,
        RunEvent.RunRetryRequested _,
        RunEvent.RunArchived _,
        RunEvent.RunUnarchived _,
        RunEvent.RunDeleted _,
        RunEvent.RunFinished _ -> null;
    };
  }

  private static void bindSeen(PreparedStatement statement, Row row) throws SQLException {
    EventMeta.Producer producer = row.recorded().meta().producer();
    statement.setString(1, Rows.text(producer.service()));
    statement.setString(2, Rows.text(producer.instance()));
    statement.setString(3, Rows.text(producer.buildId()));
    statement.setObject(4, Rows.time(row.appendedAt()));
  }
}
