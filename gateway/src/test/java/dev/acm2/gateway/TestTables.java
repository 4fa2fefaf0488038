package dev.acm2.gateway;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The tables as the projector makes them, and what it writes to them.
final class TestTables {

  private static final String RUN =
    "INSERT INTO projection.run (run_id, version, partition, generation, name, status," +
    " requested_at, started_at, finished_at, view, spec, first_offset, archived)" +
    " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)" +
    " ON CONFLICT (run_id) DO UPDATE SET version = excluded.version, status = excluded.status," +
    " started_at = excluded.started_at, finished_at = excluded.finished_at," +
    " view = excluded.view, archived = excluded.archived";
  private static final String DELETED =
    "INSERT INTO projection.deleted_run (run_id, partition, log_offset) VALUES (?, ?, ?)" +
    " ON CONFLICT DO NOTHING";
  private static final String CALL =
    "INSERT INTO projection.call (run_id, call_id, version, generation, state, phase, model," +
    " document, finished_at, view) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)" +
    " ON CONFLICT (run_id, call_id) DO UPDATE SET version = excluded.version," +
    " state = excluded.state, finished_at = excluded.finished_at, view = excluded.view";
  private static final String OFFSET =
    "INSERT INTO projection.sink_offset (topic, partition, next_offset) VALUES (?, ?, ?)" +
    " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset";

  private final DataSource dataSource;

  TestTables(DataSource dataSource) throws SQLException, IOException {
    this.dataSource = dataSource;
    execute("CREATE SCHEMA projection; CREATE SCHEMA artifact");
    for (String migration : migrations()) {
      execute(resource("/dev/acm2/projector/migrations/" + migration));
    }
    execute("UPDATE projection.generation SET current = 1");
    execute(resource("/dev/acm2/artifactstore/migrations/V1__artifact.sql"));
  }

  /// The projector's migrations in the order of their versions.
  private static List<String> migrations() throws IOException {
    Path folder = Path.of("target/test-classes/dev/acm2/projector/migrations");
    try (Stream<Path> files = Files.list(folder)) {
      return files
        .map(file -> String.valueOf(file.getFileName()))
        .sorted(Comparator.comparingInt(TestTables::version))
        .toList();
    }
  }

  private static int version(String migration) {
    return Integer.parseInt(migration.substring(1, migration.indexOf("__")));
  }

  /// Brings the rows of the runs up to their projections.
  ///
  /// @param firstOffsets of the runs in the log
  /// @param nextViews by partition, where the tables are in the topic of views
  void write(
    Map<RunId, RunProjection> projections,
    Map<RunId, Long> firstOffsets,
    Map<Integer, Long> nextViews
  ) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      for (Map.Entry<RunId, RunProjection> run : projections.entrySet()) {
        write(connection, run.getValue(), firstOffsets.get(run.getKey()));
      }
      for (Map.Entry<Integer, Long> next : nextViews.entrySet()) {
        update(connection, OFFSET, Topics.VIEWS.topic(), next.getKey(), next.getValue());
      }
      connection.commit();
    }
  }

  void delete(RunView run) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      delete(connection, run);
    }
  }

  void update(String sql, @Nullable Object... values) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      update(connection, sql, values);
    }
  }

  void execute(String sql) throws SQLException {
    try (
      Connection connection = dataSource.getConnection();
      Statement statement = connection.createStatement()
    ) {
      statement.execute(sql);
    }
  }

  private static void write(
    Connection connection,
    RunProjection projection,
    @Nullable Long firstOffset
  ) throws SQLException {
    RunView run = requireNonNull(projection.run());
    if (run.deleted()) {
      delete(connection, run);
      return;
    }
    update(
      connection,
      RUN,
      run.runId().value(),
      run.asOf().offset(),
      run.asOf().partition(),
      run.name(),
      run.status().name(),
      time(run.requestedAt()),
      time(run.startedAt()),
      time(run.finishedAt()),
      ContractJson.VIEWS.writeValueAsString(run.withSpec(null)),
      ContractJson.VIEWS.writeValueAsString(run.spec()),
      firstOffset,
      run.archived()
    );
    for (CallView call : projection.calls()) {
      update(
        connection,
        CALL,
        call.runId().value(),
        call.callId().value(),
        call.version(),
        call.state().name(),
        call.phase() == null ? null : call.phase().name(),
        call.model() == null ? null : call.model().toString(),
        call.document(),
        time(call.finishedAt()),
        ContractJson.VIEWS.writeValueAsString(call)
      );
    }
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static void delete(Connection connection, RunView run) throws SQLException {
    update(connection, DELETED, run.runId().value(), run.asOf().partition(), run.asOf().offset());
    for (String table : List.of("run", "call", "run_event", "run_log")) {
      update(
        connection,
        "DELETE FROM projection." + table + " WHERE run_id = ?",
        run.runId().value()
      );
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
    throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = requireNonNull(TestTables.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
