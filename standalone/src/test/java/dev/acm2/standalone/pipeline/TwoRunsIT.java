package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.LedgerEntry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two runs of the same documents on the same model at once: no number, event, row or frame of the one
/// shows up in the other (I7, R6). In full 1,000 calls together.
class TwoRunsIT extends PipelineFixture {

  private static final int DOCUMENTS = Bars.of(50, 15);
  private static final int FIRST_ITERATIONS = 9;
  private static final int SECOND_ITERATIONS = 11;
  private static final Map<String, ?> LIMITS = Map.of(
    "concurrency",
    20,
    "maxPaidCalls",
    2_000,
    "maxCostUsd",
    100
  );

  @Test
  void r6ShouldNeverMixTwoRunsThatGoOnAtOnce() throws Exception {
    // given
    RunId first = api.submit(Submissions.run(DOCUMENTS, FIRST_ITERATIONS, LIMITS, GPT));
    RunId second = api.submit(Submissions.run(DOCUMENTS, SECOND_ITERATIONS, LIMITS, GPT));
    // when
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ofFirst = CompletableFuture.supplyAsync(() -> watch(first), threads);
      var ofSecond = CompletableFuture.supplyAsync(() -> watch(second), threads);
      List<Api.Frame> framesOfFirst = ofFirst.get(10, TimeUnit.MINUTES);
      List<Api.Frame> framesOfSecond = ofSecond.get(10, TimeUnit.MINUTES);
      // then
      assertOwn(first, DOCUMENTS * FIRST_ITERATIONS, framesOfFirst);
      assertOwn(second, DOCUMENTS * SECOND_ITERATIONS, framesOfSecond);
    }
    assertThat(callIds(first)).doesNotContainAnyElementsOf(callIds(second));
    int changes = changesOfRun(callIds(first));
    Bars.report("%d calls of two runs, %d changes between them", DOCUMENTS * 20, changes);
    assertThat(changes)
      .as("the calls of both runs were really interleaved")
      .isGreaterThan(DOCUMENTS);
  }

  private void assertOwn(RunId runId, int calls, List<Api.Frame> frames) throws SQLException {
    assertFrames(runId, calls, frames);
    assertNumbers(runId, calls);
    assertEvents(runId);
    assertRows(runId);
    assertVerified(runId);
  }

  private void assertFrames(RunId runId, int calls, List<Api.Frame> frames) {
    Set<String> seen = new TreeSet<>();
    for (Api.Frame frame : frames) {
      JsonNode run = frame.data().get("run");
      if (run != null && !run.isNull()) {
        assertThat(run.get("runId").asString()).isEqualTo(runId.toString());
        assertThat(run.get("stats").get("planned").asInt()).isEqualTo(calls);
      }
      for (JsonNode call : frame.data().get("calls")) {
        assertThat(call.get("runId").asString()).isEqualTo(runId.toString());
        seen.add(call.get("callId").asString());
      }
    }
    assertThat(seen).isEqualTo(callIds(runId));
  }

  private void assertNumbers(RunId runId, int calls) {
    RunView run = api.run(runId);
    List<CallView> own = api.calls(runId);
    assertThat(own)
      .hasSize(calls)
      .allMatch(call -> call.runId().equals(runId));
    assertThat(run.stats().planned()).isEqualTo(calls);
    assertThat(run.stats().ok()).isEqualTo(calls);
    assertThat(run.stats().attempts()).isEqualTo(calls).isEqualTo(entries(runId).size());
    assertThat(run.stats().costUsd()).isEqualTo(
      own.stream().map(CallView::costUsd).reduce(Usd.ZERO, Usd::plus)
    );
    assertThat(run.stats().outputTokens()).isEqualTo(
      own
        .stream()
        .mapToLong(call -> call.usage().outputTokens())
        .sum()
    );
  }

  private void assertEvents(RunId runId) {
    Set<String> named = new TreeSet<>();
    RunLog log = new RunLog(new KafkaSettings(ACM2.bootstrapServers()), Duration.ofSeconds(60));
    log.read(runId, 0, api.run(runId).asOf().offset(), entry -> {
      if (entry.recorded().event() instanceof CallEvent event) {
        named.add(event.callId().value());
      }
    });
    assertThat(named).isEqualTo(callIds(runId));
  }

  private void assertRows(RunId runId) throws SQLException {
    for (String table : List.of("projection.call", "projection.run_event")) {
      assertThat(rows(table, "run_id = ? AND call_id <> ALL (?)", runId))
        .as("rows of the run in %s with the call of another", table)
        .isZero();
      assertThat(rows(table, "run_id <> ? AND call_id = ANY (?)", runId))
        .as("rows of another run in %s with a call of this one", table)
        .isZero();
      assertThat(rows(table, "run_id = ? AND call_id = ANY (?)", runId)).isPositive();
    }
  }

  private long rows(String table, String condition, RunId runId) throws SQLException {
    String query = "SELECT count(*) FROM " + table + " WHERE " + condition;
    try (
      Connection connection = DriverManager.getConnection(ACM2.jdbcUrl(), "postgres", "");
      PreparedStatement statement = connection.prepareStatement(query)
    ) {
      statement.setObject(1, runId.value());
      statement.setArray(2, connection.createArrayOf("text", callIds(runId).toArray()));
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /// How often the provider was asked by one run after the other.
  private int changesOfRun(Set<String> callsOfFirst) {
    int changes = 0;
    Boolean last = null;
    for (LedgerEntry entry : simulator.ledger().entries()) {
      boolean first = callsOfFirst.contains(Ledgers.callIdOf(entry));
      changes += last != null && last != first ? 1 : 0;
      last = first;
    }
    return changes;
  }

  private List<Api.Frame> watch(RunId runId) {
    return api.frames(runId, null, frame -> {
      JsonNode run = frame.data().get("run");
      return run != null && !run.isNull() && run.get("status").asString().equals("FINISHED");
    });
  }
}
