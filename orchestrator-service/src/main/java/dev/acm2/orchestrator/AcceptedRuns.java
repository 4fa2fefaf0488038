package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Limits;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The runs that were accepted, so that the same idempotency key always means the same run.
record AcceptedRuns(JdbcClient jdbc) {
  /// Flyway location of the table.
  static final String MIGRATIONS = "classpath:dev/acm2/orchestrator/migrations";

  /// Schema of the table, and of Flyway's own history of it.
  static final String SCHEMA = "orchestrator";

  /// @param bodySha256 digest of the request that asked for it
  /// @param appended whether the log is known to have the request
  record AcceptedRun(RunId runId, String bodySha256, RunRequested request, boolean appended) {}

  /// @return false when the key was used before
  boolean add(AcceptedRun run, @Nullable String idempotencyKey) {
    return (
      jdbc
        .sql(
          """
          INSERT INTO orchestrator.accepted_run
            (run_id, idempotency_key, body_sha256, spec, planned, deadline_at)
          VALUES (:id, :key, :body, :spec::json, :planned::json, :deadline)
          ON CONFLICT (idempotency_key) DO NOTHING"""
        )
        .param("id", run.runId().value())
        .param("key", idempotencyKey)
        .param("body", run.bodySha256())
        .param("spec", ContractJson.VIEWS.writeValueAsString(run.request().spec()))
        .param("planned", ContractJson.VIEWS.writeValueAsString(run.request().planned()))
        .param("deadline", Timestamp.from(run.request().deadlineAt()))
        .update() == 1
    );
  }

  void markAppended(RunId runId) {
    jdbc
      .sql("UPDATE orchestrator.accepted_run SET appended = true WHERE run_id = :id")
      .param("id", runId.value())
      .update();
  }

  Optional<AcceptedRun> findByKey(String idempotencyKey) {
    return jdbc
      .sql("SELECT * FROM orchestrator.accepted_run WHERE idempotency_key = :key")
      .param("key", idempotencyKey)
      .query((row, _) -> read(row))
      .optional();
  }

  boolean exists(RunId runId) {
    return jdbc
      .sql("SELECT 1 FROM orchestrator.accepted_run WHERE run_id = :id")
      .param("id", runId.value())
      .query(Integer.class)
      .optional()
      .isPresent();
  }

  /// Those that the run was accepted with.
  Limits limits(RunId runId) {
    return jdbc
      .sql("SELECT * FROM orchestrator.accepted_run WHERE run_id = :id")
      .param("id", runId.value())
      .query((row, _) -> read(row))
      .single()
      .request()
      .spec()
      .limits();
  }

  private static AcceptedRun read(ResultSet row) throws SQLException {
    RunSpec spec = ContractJson.EVENTS.readValue(row.getString("spec"), RunSpec.class);
    List<PlannedCalls> planned = List.of(
      ContractJson.EVENTS.readValue(row.getString("planned"), PlannedCalls[].class)
    );
    Instant deadlineAt = row.getTimestamp("deadline_at").toInstant();
    return new AcceptedRun(
      new RunId(row.getObject("run_id", UUID.class)),
      row.getString("body_sha256"),
      new RunRequested(spec, planned, deadlineAt),
      row.getBoolean("appended")
    );
  }
}
