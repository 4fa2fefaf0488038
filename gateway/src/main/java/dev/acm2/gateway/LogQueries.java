package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Console lines as the tables have them. Empty for a run that they do not hold.
final class LogQueries {

  private static final int PAGE = 1000;
  private static final String RUN = "SELECT 1 FROM projection.run WHERE run_id = ?";
  private static final String LINES =
    "SELECT log_partition, log_offset, at, level, call_id, epoch, attempt, source, text" +
    " FROM projection.run_log WHERE run_id = ? AND (log_partition, log_offset) > (?, ?)" +
    " AND level = ANY (?) ORDER BY log_partition, log_offset LIMIT ?";

  private final Tables tables;

  LogQueries(Tables tables) {
    this.tables = tables;
  }

  /// The next lines of every level.
  Optional<LogPage> lines(RunId runId, LogPosition after) {
    return lines(runId, after, PAGE, Level.DEBUG);
  }

  /// The next lines of a level and above, oldest first.
  Optional<LogPage> lines(RunId runId, LogPosition after, int limit, Level least) {
    return tables.read(connection -> {
      if (!exists(connection, runId)) {
        return Optional.empty();
      }
      List<LogLine> lines = lines(connection, runId, after, limit, least);
      String next = lines.isEmpty() ? after.toString() : lines.getLast().position();
      return Optional.of(new LogPage(lines, next));
    });
  }

  static boolean exists(Connection connection, RunId runId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RUN)) {
      select.setObject(1, runId.value());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          return true;
        }
      }
    }
    DeletedRuns.refuse(connection, runId);
    return false;
  }

  private static List<LogLine> lines(
    Connection connection,
    RunId runId,
    LogPosition after,
    int limit,
    Level least
  ) throws SQLException {
    String[] levels = Arrays.stream(Level.values())
      .filter(level -> level.compareTo(least) >= 0)
      .map(Level::name)
      .toArray(String[]::new);
    try (PreparedStatement select = connection.prepareStatement(LINES)) {
      select.setObject(1, runId.value());
      select.setInt(2, after.partition());
      select.setLong(3, after.offset());
      select.setArray(4, connection.createArrayOf("text", levels));
      select.setInt(5, limit);
      return lines(select);
    }
  }

  private static List<LogLine> lines(PreparedStatement select) throws SQLException {
    List<LogLine> lines = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        lines.add(line(row));
      }
    }
    return List.copyOf(lines);
  }

  private static LogLine line(ResultSet row) throws SQLException {
    @Nullable
    String callId = row.getString("call_id");
    return new LogLine(
      new LogPosition(row.getInt("log_partition"), row.getLong("log_offset")).toString(),
      instant(row, "at"),
      Level.valueOf(row.getString("level")),
      callId == null ? null : CallId.parse(callId),
      row.getInt("epoch"),
      row.getInt("attempt"),
      row.getString("source"),
      row.getString("text")
    );
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
