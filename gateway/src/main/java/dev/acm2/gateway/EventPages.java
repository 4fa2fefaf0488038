package dev.acm2.gateway;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// Raw events page by page. All events of a run are in one partition: their offsets are their order.
final class EventPages {

  private static final int EVENTS = 500;
  private static final String NEXT =
    "SELECT partition, log_offset, appended_at, call_id, type, event_id, occurred_at, service," +
    " instance, build_id, body FROM projection.run_event WHERE run_id = ? AND log_offset > ?" +
    " ORDER BY log_offset LIMIT ?";
  /// Between the tokens of JSON only: inside of its texts they are escaped.
  private static final Pattern LINE_ENDS = Pattern.compile("[\r\n]+");

  private final Tables tables;

  EventPages(Tables tables) {
    this.tables = tables;
  }

  /// The next events, none behind the last one.
  ///
  /// @param offset where the events before ended, -1 for the beginning
  /// @throws ProblemException run-not-found when the tables do not hold the run (any more)
  List<LoggedEvent> after(RunId runId, long offset) {
    return tables.read(connection -> {
      if (!LogQueries.exists(connection, runId)) {
        throw ProblemException.runNotFound();
      }
      return after(connection, runId, offset);
    });
  }

  private static List<LoggedEvent> after(Connection connection, RunId runId, long offset)
    throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setObject(1, runId.value());
      select.setLong(2, offset);
      select.setInt(3, EVENTS);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          events.add(event(runId, row));
        }
      }
    }
    return List.copyOf(events);
  }

  private static LoggedEvent event(RunId runId, ResultSet row) throws SQLException {
    return new LoggedEvent(
      row.getInt("partition"),
      row.getLong("log_offset"),
      instant(row, "appended_at"),
      runId.toString(),
      row.getString("call_id"),
      row.getString("type"),
      row.getObject("event_id", UUID.class),
      instant(row, "occurred_at"),
      new EventMeta.Producer(
        row.getString("service"),
        row.getString("instance"),
        row.getString("build_id")
      ),
      LINE_ENDS.matcher(row.getString("body")).replaceAll(" ")
    );
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
