package dev.acm2.projector;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// acm2.views -> run, call. Views of other generations are passed over, and those of deleted runs. The
/// view of a run that has been deleted deletes all of its rows, those of other sinks too.
final class ViewRows implements RowWriter {

  private static final int LONGEST_WAIT = 2000;
  private static final String RUN =
    "INSERT INTO projection.run (run_id, version, partition, generation, name, status, outcome," +
    " requested_at, started_at, finished_at, view, spec, first_offset, archived)" +
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO UPDATE" +
    " SET version = excluded.version, partition = excluded.partition," +
    " generation = excluded.generation, name = excluded.name, status = excluded.status," +
    " outcome = excluded.outcome, requested_at = excluded.requested_at," +
    " started_at = excluded.started_at, finished_at = excluded.finished_at," +
    " view = excluded.view," +
    " spec = COALESCE(excluded.spec, run.spec)," +
    " first_offset = COALESCE(excluded.first_offset, run.first_offset)," +
    " archived = excluded.archived" +
    " WHERE (excluded.generation, excluded.version) > (run.generation, run.version)";
  private static final String CALL =
    "INSERT INTO projection.call (run_id, call_id, version, generation, state, phase, model," +
    " document, finished_at, view) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" +
    " ON CONFLICT (run_id, call_id) DO UPDATE SET version = excluded.version," +
    " generation = excluded.generation, state = excluded.state, phase = excluded.phase," +
    " model = excluded.model, document = excluded.document," +
    " finished_at = excluded.finished_at, view = excluded.view" +
    " WHERE (excluded.generation, excluded.version) > (call.generation, call.version)";

  private final int generation;

  ViewRows(int generation) {
    this.generation = generation;
  }

  private record CallKey(RunId runId, CallId callId) {}

  /// The spec and the first offset come with the first view of a run only.
  private record RunRow(RunView run, @Nullable RunSpec spec, @Nullable Long firstOffset) {
    static RunRow of(RunView run) {
      return new RunRow(run, run.spec(), run.spec() == null ? null : run.asOf().offset());
    }

    RunRow then(RunRow next) {
      return new RunRow(
        next.run.asOf().offset() > run.asOf().offset() ? next.run : run,
        next.spec != null ? next.spec : spec,
        next.firstOffset != null ? next.firstOffset : firstOffset
      );
    }
  }

  /// The latest of each key: one statement cannot change a row twice.
  private static final class Latest {

    private final Map<RunId, RunRow> runs = new LinkedHashMap<>();
    private final Map<CallKey, CallView> calls = new LinkedHashMap<>();
    private final List<QuarantineRow> unreadable = new ArrayList<>();

    void add(RunView run) {
      runs.merge(run.runId(), RunRow.of(run), RunRow::then);
    }

    void add(CallView call) {
      calls.merge(new CallKey(call.runId(), call.callId()), call, (a, b) ->
        b.version() > a.version() ? b : a
      );
    }

    List<RunView> deleted() {
      return runs.values().stream().map(RunRow::run).filter(RunView::deleted).toList();
    }

    Set<RunId> runIds() {
      Set<RunId> ids = new HashSet<>(runs.keySet());
      calls.keySet().forEach(key -> ids.add(key.runId()));
      return ids;
    }

    void forget(Set<RunId> gone) {
      runs.keySet().removeAll(gone);
      calls.keySet().removeIf(key -> gone.contains(key.runId()));
    }
  }

  /// Up to the last run view: only then do the calls before it have their run.
  @Override
  public int whole(List<ConsumerRecord<byte[], byte[]>> records) {
    for (int i = records.size(); i > 0; i--) {
      if ("run".equals(header(records.get(i - 1), "view"))) {
        return i;
      }
    }
    return records.size() > LONGEST_WAIT ? records.size() : 0;
  }

  @Override
  public void write(Connection connection, List<ConsumerRecord<byte[], byte[]>> records)
    throws SQLException {
    Latest latest = new Latest();
    records.forEach(received -> read(received, latest));
    DeletedRuns.delete(connection, latest.deleted());
    latest.forget(DeletedRuns.among(connection, latest.runIds()));
    Rows.write(connection, CALL, latest.calls.values(), this::bind);
    Rows.write(connection, RUN, latest.runs.values(), ViewRows::bind);
    QuarantineRow.write(connection, latest.unreadable);
  }

  private void read(ConsumerRecord<byte[], byte[]> received, Latest latest) {
    if (!Integer.toString(generation).equals(header(received, "generation"))) {
      return;
    }
    try {
      switch (header(received, "view")) {
        case "run" -> latest.add(ContractJson.VIEWS.readValue(received.value(), RunView.class));
        case "call" -> latest.add(ContractJson.VIEWS.readValue(received.value(), CallView.class));
        case String other -> latest.unreadable.add(
          QuarantineRow.of(received, "a view named " + other)
        );
      }
    } catch (RuntimeException e) {
      latest.unreadable.add(QuarantineRow.of(received, "not a view: " + e.getMessage()));
    }
  }

  private void bind(PreparedStatement statement, CallView call) throws SQLException {
    statement.setObject(1, call.runId().value());
    statement.setString(2, call.callId().value());
    statement.setLong(3, call.version());
    statement.setInt(4, generation);
    statement.setString(5, call.state().name());
    statement.setString(6, Rows.text(call.phase()));
    statement.setString(7, Rows.text(call.model()));
    statement.setString(8, Rows.text(call.document()));
    statement.setObject(9, Rows.time(call.finishedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setString(10, ContractJson.VIEWS.writeValueAsString(call));
  }

  private static void bind(PreparedStatement statement, RunRow row) throws SQLException {
    RunView run = row.run();
    statement.setObject(1, run.runId().value());
    statement.setLong(2, run.asOf().offset());
    statement.setInt(3, run.asOf().partition());
    statement.setInt(4, run.asOf().generation());
    statement.setString(5, Rows.text(run.name()));
    statement.setString(6, run.status().name());
    statement.setString(7, Rows.text(run.outcome()));
    statement.setObject(8, Rows.time(run.requestedAt()));
    statement.setObject(9, Rows.time(run.startedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setObject(10, Rows.time(run.finishedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    statement.setString(11, ContractJson.VIEWS.writeValueAsString(run.withSpec(null)));
    statement.setString(
      12,
      row.spec() == null ? null : ContractJson.VIEWS.writeValueAsString(row.spec())
    );
    statement.setObject(13, row.firstOffset(), Types.BIGINT);
    statement.setBoolean(14, run.archived());
  }

  private static String header(ConsumerRecord<byte[], byte[]> received, String name) {
    return EventRecords.toMap(received.headers()).getOrDefault(name, "");
  }
}
