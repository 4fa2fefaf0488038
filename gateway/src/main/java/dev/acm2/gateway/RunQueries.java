package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Topics;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs and calls as the tables have them. Of a run that was deleted they say at once that there is none.
final class RunQueries {

  private static final String RUNS =
    "SELECT view FROM projection.run WHERE archived = ? AND" +
    " (?::timestamptz IS NULL OR (requested_at, run_id) < (?::timestamptz, ?::uuid))" +
    " ORDER BY requested_at DESC, run_id DESC LIMIT ?";
  private static final String RUN =
    "SELECT view, spec, first_offset FROM projection.run WHERE run_id = ?";
  private static final String CALLS =
    "SELECT view FROM projection.call WHERE run_id = ? AND (?::text IS NULL OR state = ?)" +
    " AND (?::text IS NULL OR call_id > ?) ORDER BY call_id LIMIT ?";
  private static final String ALL_CALLS =
    "SELECT view FROM projection.call WHERE run_id = ? ORDER BY call_id";
  private static final String SOME_CALLS =
    "SELECT view FROM projection.call WHERE run_id = ? AND call_id = ANY (?) ORDER BY call_id";
  private static final String NEXT_VIEW =
    "SELECT next_offset FROM projection.sink_offset WHERE topic = ? AND partition = ?";

  private final Tables tables;

  RunQueries(Tables tables) {
    this.tables = tables;
  }

  /// A run and all of its calls as of one moment.
  ///
  /// @param run with its spec
  /// @param calls in the order of their ids
  /// @param firstOffset of the run in the log
  /// @param nextView the first record of the run's partition of views that the tables do not hold yet
  record RunRows(RunView run, List<CallView> calls, long firstOffset, long nextView) {}

  private record Row(RunView run, long firstOffset) {}

  /// @param archived whether only archived runs are wanted, or only the others
  RunPage runs(int limit, Cursor.@Nullable RunPlace after, boolean archived) {
    List<RunView> found = tables.read(connection -> runs(connection, limit + 1, after, archived));
    if (found.size() <= limit) {
      return new RunPage(found, null);
    }
    RunView last = found.get(limit - 1);
    return new RunPage(
      List.copyOf(found.subList(0, limit)),
      new Cursor.RunPlace(last.requestedAt(), last.runId()).encoded()
    );
  }

  Optional<RunView> run(RunId id) {
    return tables.read(connection -> row(connection, id).map(Row::run));
  }

  Optional<CallPage> calls(RunId id, @Nullable CallState state, int limit, @Nullable CallId after) {
    return tables.read(connection -> {
      Optional<Row> row = row(connection, id);
      return row.isEmpty()
        ? Optional.empty()
        : Optional.of(page(row.get().run(), limit, calls(connection, id, state, limit + 1, after)));
    });
  }

  /// These calls; those that the run does not have are missing.
  Optional<Map<CallId, CallView>> calls(RunId id, List<CallId> wanted) {
    return tables.read(connection ->
      row(connection, id).isEmpty() ? Optional.empty() : Optional.of(calls(connection, id, wanted))
    );
  }

  Optional<RunRows> rows(RunId id) {
    return tables.read(connection -> {
      Optional<Row> row = row(connection, id);
      return row.isEmpty() ? Optional.empty() : Optional.of(rows(connection, row.get()));
    });
  }

  private static RunRows rows(Connection connection, Row row) throws SQLException {
    RunId id = row.run().runId();
    return new RunRows(
      row.run(),
      allCalls(connection, id),
      row.firstOffset(),
      nextView(connection, row.run().asOf().partition())
    );
  }

  private static CallPage page(RunView run, int limit, List<CallView> found) {
    if (found.size() <= limit) {
      return new CallPage(found, null, run.asOf());
    }
    List<CallView> items = List.copyOf(found.subList(0, limit));
    return new CallPage(items, Cursor.call(items.getLast().callId()), run.asOf());
  }

  private static List<RunView> runs(
    Connection connection,
    int limit,
    Cursor.@Nullable RunPlace after,
    boolean archived
  ) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RUNS)) {
      @Nullable
      OffsetDateTime at = after == null ? null : after.requestedAt().atOffset(ZoneOffset.UTC);
      select.setBoolean(1, archived);
      select.setObject(2, at);
      select.setObject(3, at);
      select.setObject(4, after == null ? null : after.runId().value());
      select.setInt(5, limit);
      return views(select, RunView.class);
    }
  }

  private static Optional<Row> row(Connection connection, RunId id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RUN)) {
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          return Optional.of(row(row));
        }
      }
    }
    DeletedRuns.refuse(connection, id);
    return Optional.empty();
  }

  private static Row row(ResultSet row) throws SQLException {
    RunView view = ContractJson.VIEWS.readValue(row.getString("view"), RunView.class);
    @Nullable
    String spec = row.getString("spec");
    RunSpec frozen = spec == null ? null : ContractJson.VIEWS.readValue(spec, RunSpec.class);
    // Without a first offset the log is read from its beginning: slower, and as right.
    return new Row(view.withSpec(frozen), row.getLong("first_offset"));
  }

  private static List<CallView> calls(
    Connection connection,
    RunId id,
    @Nullable CallState state,
    int limit,
    @Nullable CallId after
  ) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(CALLS)) {
      @Nullable
      String wanted = state == null ? null : state.name();
      @Nullable
      String last = after == null ? null : after.value();
      select.setObject(1, id.value());
      select.setString(2, wanted);
      select.setString(3, wanted);
      select.setString(4, last);
      select.setString(5, last);
      select.setInt(6, limit);
      return views(select, CallView.class);
    }
  }

  private static List<CallView> allCalls(Connection connection, RunId id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALL_CALLS)) {
      select.setObject(1, id.value());
      return views(select, CallView.class);
    }
  }

  private static Map<CallId, CallView> calls(Connection connection, RunId id, List<CallId> wanted)
    throws SQLException {
    String[] ids = wanted
      .stream()
      .map(CallId::value)
      .toArray(String[]::new);
    try (PreparedStatement select = connection.prepareStatement(SOME_CALLS)) {
      select.setObject(1, id.value());
      select.setArray(2, connection.createArrayOf("text", ids));
      return views(select, CallView.class)
        .stream()
        .collect(Collectors.toMap(CallView::callId, Function.identity()));
    }
  }

  private static long nextView(Connection connection, int partition) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT_VIEW)) {
      select.setString(1, Topics.VIEWS.topic());
      select.setInt(2, partition);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static <T> List<T> views(PreparedStatement select, Class<T> type) throws SQLException {
    List<T> views = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        views.add(ContractJson.VIEWS.readValue(rows.getString(1), type));
      }
    }
    return List.copyOf(views);
  }
}
