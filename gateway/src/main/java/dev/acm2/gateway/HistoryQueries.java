package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.RawEvents.RawEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Events as the log has them. All events of a run are in one partition: their offsets are their order.
final class HistoryQueries {

  private static final String EVENTS =
    "SELECT partition, log_offset, occurred_at, type, call_id, service, instance, build_id, body" +
    " FROM projection.run_event event WHERE run_id = ? AND log_offset > ?" +
    " AND (cardinality(?::text[]) = 0 OR type = ANY (?))" +
    " AND (?::text IS NULL OR call_id = ?)" +
    " AND (?::text IS NULL OR instance = ?)" +
    " AND (?::text IS NULL AND ?::text IS NULL OR EXISTS (SELECT 1 FROM projection.call" +
    " WHERE call.run_id = event.run_id AND call.call_id = event.call_id" +
    " AND (?::text IS NULL OR call.phase = ?) AND (?::text IS NULL OR call.model = ?)))" +
    " ORDER BY log_offset LIMIT ?";

  private final Tables tables;

  HistoryQueries(Tables tables) {
    this.tables = tables;
  }

  /// The next events that the filter lets through; empty for a run that the tables do not hold.
  ///
  /// @param after where the events before ended
  Optional<RawEvents> events(RunId runId, HistoryFilter filter, LogPosition after, int limit) {
    return tables.read(connection ->
      LogQueries.exists(connection, runId)
        ? Optional.of(page(events(connection, runId, filter, after, limit + 1), limit))
        : Optional.empty()
    );
  }

  private static RawEvents page(List<RawEvent> found, int limit) {
    if (found.size() <= limit) {
      return new RawEvents(found, null);
    }
    List<RawEvent> items = List.copyOf(found.subList(0, limit));
    RawEvent last = items.getLast();
    return new RawEvents(items, new LogPosition(last.partition(), last.offset()).toString());
  }

  private static List<RawEvent> events(
    Connection connection,
    RunId runId,
    HistoryFilter filter,
    LogPosition after,
    int limit
  ) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
      Object types = connection.createArrayOf("text", filter.types().toArray());
      select.setObject(1, runId.value());
      select.setLong(2, after.offset());
      select.setObject(3, types);
      select.setObject(4, types);
      bindTwice(select, 5, filter.call() == null ? null : filter.call().value());
      bindTwice(select, 7, filter.worker());
      @Nullable
      String phase = filter.phase() == null ? null : filter.phase().name();
      @Nullable
      String model = filter.model() == null ? null : filter.model().toString();
      select.setString(9, phase);
      select.setString(10, model);
      bindTwice(select, 11, phase);
      bindTwice(select, 13, model);
      select.setInt(15, limit);
      return events(select);
    }
  }

  private static void bindTwice(PreparedStatement select, int first, @Nullable String value)
    throws SQLException {
    select.setString(first, value);
    select.setString(first + 1, value);
  }

  private static List<RawEvent> events(PreparedStatement select) throws SQLException {
    List<RawEvent> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(event(row));
      }
    }
    return List.copyOf(events);
  }

  private static RawEvent event(ResultSet row) throws SQLException {
    @Nullable
    String callId = row.getString("call_id");
    return new RawEvent(
      row.getInt("partition"),
      row.getLong("log_offset"),
      row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
      row.getString("type"),
      callId == null ? null : CallId.parse(callId),
      new EventMeta.Producer(
        row.getString("service"),
        row.getString("instance"),
        row.getString("build_id")
      ),
      ContractJson.VIEWS.readTree(row.getString("body"))
    );
  }
}
