package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.WorkItem;
import dev.acm2.embedded.EmbeddedKafka;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.orchestrator.RunningOrchestrator.Answer;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.TestInfrastructure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;

class OrchestratorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> TWO_SLOTS = Map.of(
    "acm2.orchestrator.lanes.openai.concurrency",
    "2"
  );

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private EmbeddedKafka broker;

  @SuppressWarnings("NullAway.Init")
  private KafkaSettings kafka;

  private final String database = TestInfrastructure.shared().freshDatabase();
  private final List<WorkItem> work = new ArrayList<>();

  /// A broker of its own: one log has one orchestrator.
  @BeforeEach
  void startBroker() {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = new KafkaSettings(broker.bootstrapServers());
    TopicAdmin.ensureTopics(kafka, (short) 1);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void shouldRunARunToItsEndAcrossARestart() throws Exception {
    RunId runId;
    try (RunningOrchestrator first = start(); ScriptedWorker worker = new ScriptedWorker(kafka)) {
      // given a run of which one call has ended and another has started
      Answer posted = first.postRun(threeDocuments(), "Idempotency-Key", "key-1");
      assertThat(posted.status()).isEqualTo(201);
      assertThat(posted.json().path("planned").path("GENERATION").asInt()).isEqualTo(6);
      runId = RunId.parse(posted.json().path("runId").asString());
      assertThat(posted.header("Location")).isEqualTo("/api/v1/runs/" + runId);
      awaitWork(worker, 2);
      worker.start(work.get(0));
      worker.start(work.get(1));
      worker.succeed(work.get(0));
      awaitWork(worker, 3);
      first.close();

      // when the service is gone while a call ends, and comes back
      worker.succeed(work.get(1));
      try (RunningOrchestrator second = start()) {
        for (int i = 2; i < 6; i++) {
          awaitWork(worker, i + 1);
          worker.start(work.get(i));
          worker.succeed(work.get(i));
        }
        awaitEnd(runId);
        Answer repeated = second.postRun(threeDocuments(), "Idempotency-Key", "key-1");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.json().path("runId").asString()).isEqualTo(runId.toString());
      }
      assertThat(worker.partitions).as("partitions take turns").hasSize(6);
    }

    // then its log is the log of a run that nothing happened to
    List<RunEvent> log = log(runId);
    assertThat(count(log, RunRequested.class)).isEqualTo(1);
    assertThat(count(log, CallQueued.class)).isEqualTo(6);
    assertThat(count(log, CallDispatched.class)).isEqualTo(6);
    assertThat(count(log, CallSucceeded.class)).isEqualTo(6);
    assertThat(log.getLast()).isInstanceOfSatisfying(RunFinished.class, end ->
      assertThat(end.outcome()).isEqualTo(Outcome.COMPLETED)
    );
    assertThat(count(log, RunFinished.class)).isEqualTo(1);
    assertThat(work.stream().map(WorkItem::callId)).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void shouldCancelARun() throws Exception {
    try (RunningOrchestrator service = start()) {
      Answer posted = service.postRun(threeDocuments());
      RunId runId = RunId.parse(posted.json().path("runId").asString());

      Answer cancelled = service.post(
        "/api/v1/runs/" + runId + "/cancel",
        new byte[0],
        "application/json"
      );
      Answer again = service.post(
        "/api/v1/runs/" + runId + "/cancel",
        new byte[0],
        "application/json"
      );

      assertThat(cancelled.status()).isEqualTo(202);
      assertThat(again.status()).isEqualTo(202);
      awaitEnd(runId);
      List<RunEvent> log = log(runId);
      assertThat(count(log, CallSkipped.class)).isEqualTo(6);
      assertThat(count(log, RunFinished.class)).isEqualTo(1);
      assertThat(log)
        .filteredOn(RunFinished.class::isInstance)
        .allMatch(end -> ((RunFinished) end).outcome() == Outcome.CANCELLED);
    }
  }

  @Test
  void shouldAcceptARunThatTheLogDidNotTakeAtFirst() throws Exception {
    try (RunningOrchestrator service = start(); ScriptedWorker worker = new ScriptedWorker(kafka)) {
      int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
      broker.close();
      Answer refused = service.postRun(threeDocuments(), "Idempotency-Key", "key-1");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.slug()).isEqualTo("log-unavailable");
      assertThat(refused.header("Retry-After")).isNotBlank();

      broker = EmbeddedKafka.start(folder.resolve("kafka"), port);
      Answer accepted = service.postRun(threeDocuments(), "Idempotency-Key", "key-1");
      assertThat(accepted.status()).isBetween(200, 201);
      RunId runId = RunId.parse(accepted.json().path("runId").asString());
      awaitWork(worker, 2);

      assertThat(work).allMatch(item -> item.runId().equals(runId));
      assertThat(count(log(runId), CallQueued.class)).isEqualTo(6);
    }
  }

  @Test
  void shouldSayThatTheDatabaseIsGone() throws Exception {
    try (RunningOrchestrator service = start()) {
      drop(database);

      Answer refused = service.postRun(threeDocuments());

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.slug()).isEqualTo("store-unavailable");
      assertThat(refused.header("Retry-After")).isNotBlank();
    }
  }

  private static void drop(String database) throws SQLException {
    String name = database.replaceAll(".*/(\\w+)\\?.*", "$1");
    String server = database.replace("/" + name + "?", "/postgres?");
    try (
      Connection connection = DriverManager.getConnection(server);
      Statement statement = connection.createStatement()
    ) {
      statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
  }

  private RunningOrchestrator start() {
    return RunningOrchestrator.start(
      broker.bootstrapServers(),
      database,
      folder.resolve("state"),
      TWO_SLOTS
    );
  }

  private void awaitWork(ScriptedWorker worker, int count) {
    Await.until(count + " released calls", PATIENCE, () -> {
      work.addAll(worker.poll());
      return work.size() >= count;
    });
  }

  private void awaitEnd(RunId runId) {
    Await.until("the end of the run", PATIENCE, () -> count(log(runId), RunFinished.class) > 0);
  }

  private List<RunEvent> log(RunId runId) {
    return new WrittenLog(kafka).of(runId);
  }

  private static long count(List<RunEvent> log, Class<? extends RunEvent> type) {
    return log.stream().filter(type::isInstance).count();
  }

  private static String threeDocuments() {
    return Submissions.json(run -> {
      ArrayNode documents = run.putArray("documents");
      for (String name : List.of("a.md", "b.md", "c.md")) {
        Submissions.document(documents, name, "Text of " + name);
      }
    });
  }
}
