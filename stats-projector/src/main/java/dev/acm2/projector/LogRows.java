package dev.acm2.projector;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Required;
import dev.acm2.contract.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// acm2.logs -> run_log. What is no line is kept in quarantine, and nothing stops. Lines of deleted runs
/// are passed over.
final class LogRows implements RowWriter {

  private static final String INSERT =
    "INSERT INTO projection.run_log (log_partition, log_offset, run_id, at, level, call_id, epoch," +
    " attempt, source, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  private record Row(int partition, long offset, ConsoleLine line) {}

  @Override
  public void write(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
    throws SQLException {
    List<Row> rows = new ArrayList<>();
    List<QuarantineRow> unreadable = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> received : records) {
      try {
        rows.add(new Row(received.partition(), received.offset(), line(received)));
      } catch (RuntimeException e) {
        unreadable.add(QuarantineRow.of(received, "not a console line: " + e.getMessage()));
      }
    }
    List<RunId> runs = rows
      .stream()
      .map(row -> row.line().runId())
      .toList();
    Set<RunId> deleted = DeletedRuns.whileWriting(connection, runs);
    rows.removeIf(row -> deleted.contains(row.line().runId()));
    Rows.write(connection, INSERT, rows, LogRows::bind);
    QuarantineRow.write(connection, unreadable);
  }

  private static ConsoleLine line(ConsumerRecord<byte[], byte[]> received) {
    if (received.value() == null) {
      throw new IllegalArgumentException("a record without value");
    }
    ConsoleLine line = ContractJson.EVENTS.readValue(received.value(), ConsoleLine.class);
    if (line == null) {
      throw new IllegalArgumentException("null");
    }
    Required.check(line);
    return line;
  }

  private static void bind(PreparedStatement statement, Row row) throws SQLException {
    ConsoleLine line = row.line();
    statement.setInt(1, row.partition());
    statement.setLong(2, row.offset());
    statement.setObject(3, line.runId().value());
    statement.setObject(4, Rows.time(line.at()));
    statement.setString(5, line.level().name());
    statement.setString(6, line.callId() == null ? null : line.callId().value());
    statement.setInt(7, line.epoch());
    statement.setInt(8, line.attempt());
    statement.setString(9, Rows.text(line.source()));
    statement.setString(10, Rows.text(line.text()));
  }
}
