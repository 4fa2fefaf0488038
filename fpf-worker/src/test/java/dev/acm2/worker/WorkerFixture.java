package dev.acm2.worker;

import static dev.acm2.worker.ScriptedServer.hang;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.TestInfrastructure;
import dev.acm2.worker.ScriptedServer.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole worker on a real broker and a real database, with a scripted provider.
@Timeout(120)
abstract class WorkerFixture {

  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String KEY = "canary-key-0123456789";
  static final String GOOD = Answers.responses("A summary.").toString();

  final TestInfrastructure infrastructure = TestInfrastructure.shared();
  final KafkaSettings kafka = new KafkaSettings(infrastructure.bootstrapServers());
  final String database = infrastructure.freshDatabase();
  final TestLog log = newLog();
  ScriptedServer provider = new ScriptedServer(hang());

  @Nullable
  ConfigurableApplicationContext context;

  TestLog newLog() {
    TopicAdmin.ensureTopics(kafka, (short) 1);
    return new TestLog(kafka);
  }

  @AfterEach
  void stop() {
    provider.close();
    if (context != null) {
      context.close();
    }
    log.close();
  }

  void given(Behaviour... script) {
    provider.close();
    provider = new ScriptedServer(script);
  }

  ArtifactStore start(int slots, String... more) {
    List<String> arguments = new ArrayList<>(
      List.of(
        "--server.port=0",
        "--spring.datasource.url=" + database,
        "--acm2.worker.bootstrap-servers=" + kafka.bootstrapServers(),
        "--acm2.worker.slots=" + slots,
        "--acm2.worker.providers.openai.base-url=" + provider.baseUrl(),
        "--acm2.worker.providers.openai.api-key=" + KEY
      )
    );
    arguments.addAll(List.of(more));
    context = WorkerApplication.application().run(arguments.toArray(String[]::new));
    return context.getBean(ArtifactStore.class);
  }

  ConfigurableApplicationContext context() {
    return Objects.requireNonNull(context);
  }

  void stopWorker() {
    context().close();
  }

  /// Work of other tests may still be in the log.
  long requestsOf(WorkItems work) {
    return provider
      .requests()
      .stream()
      .filter(request -> isOf(work, request.header("x-client-request-id")))
      .count();
  }

  static boolean isOf(WorkItems work, String requestId) {
    return IntStream.rangeClosed(1, 9)
      .mapToObj(number -> work.withNumber(number).item().callId().value())
      .anyMatch(requestId::startsWith);
  }

  List<CallEnded> awaitEnds(RunId runId, int count) {
    Await.until(
      count + " ends",
      PATIENCE,
      () -> log.events(runId, CallEnded.class).size() >= count
    );
    List<CallEnded> ends = log.events(runId, CallEnded.class);
    assertThat(ends).hasSize(count);
    return ends;
  }

  List<WorkerHeartbeat> heartbeatsOf(String workerId) {
    return log
      .heartbeats()
      .stream()
      .filter(beat -> beat.workerId().equals(workerId))
      .toList();
  }

  /// Whether the worker that started this work has said that it leaves.
  boolean leaves(WorkItems work) {
    return log
      .events(work.runId(), CallStarted.class)
      .stream()
      .flatMap(started -> heartbeatsOf(started.workerId()).stream())
      .anyMatch(WorkerHeartbeat::draining);
  }

  HttpResponse<String> health() throws IOException, InterruptedException {
    String port = context().getEnvironment().getProperty("local.server.port");
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health");
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
