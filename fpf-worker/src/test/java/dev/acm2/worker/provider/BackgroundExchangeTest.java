package dev.acm2.worker.provider;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.hangAfter;
import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.testkit.Await;
import dev.acm2.worker.Answers;
import dev.acm2.worker.ScriptedServer;
import dev.acm2.worker.ScriptedServer.Behaviour;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class BackgroundExchangeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String QUEUED = "{\"id\":\"resp_1\",\"status\":\"queued\"}";
  private static final String WORKING = "{\"id\":\"resp_1\",\"status\":\"in_progress\"}";
  private static final String DONE = Answers.responses("A report.").put("id", "resp_1").toString();
  private static final String LOOK = "GET /v1/responses/resp_1";
  private static final String CANCEL = "POST /v1/responses/resp_1/cancel";

  private final HttpExchanges exchanges = new HttpExchanges(Duration.ofMillis(20));
  private ScriptedServer server = new ScriptedServer(hang());

  @AfterEach
  void stop() {
    server.close();
    exchanges.close();
  }

  @Test
  void shouldLookUntilTheAnswerIsThere() {
    given(reply(200, QUEUED), reply(200, WORKING), reply(200, DONE));
    ExchangeEnd end = open("o3-deep-research").await(PATIENCE);
    assertThat(classified(end)).isInstanceOfSatisfying(Success.class, success ->
      assertThat(success.text()).isEqualTo("A report.")
    );
    assertThat(lines()).containsExactly("POST /v1/responses", LOOK, LOOK);
    assertThat(server.requests()).allMatch(request ->
      request.header("authorization").equals("Bearer canary-key")
    );
    ObjectNode sent = (ObjectNode) ContractJson.EVENTS.readTree(
      server.requests().getFirst().body()
    );
    assertThat(sent.path("background").asBoolean()).isTrue();
    assertThat(sent.path("tools").path(0).path("type").asString()).isEqualTo("web_search_preview");
  }

  @Test
  void shouldAskOtherModelsOnce() {
    given(reply(200, WORKING));
    ExchangeEnd end = open("gpt-5-mini").await(PATIENCE);
    assertThat(failure(end).kind()).isEqualTo(FailureKind.INVALID_OUTPUT);
    assertThat(lines()).containsExactly("POST /v1/responses");
  }

  @Test
  void shouldNotGiveUpForALookThatFails() {
    given(reply(200, QUEUED), reply(503, "{}"), reply(429, "{}"), reply(200, DONE));
    assertThat(classified(open("o3-deep-research").await(PATIENCE))).isInstanceOf(Success.class);
    assertThat(lines()).hasSize(4);
  }

  @Test
  void shouldTellWhenItFailed() {
    ObjectNode failed = ContractJson.EVENTS.createObjectNode();
    failed
      .put("id", "resp_1")
      .put("status", "failed")
      .putObject("error")
      .put("code", "server_error");
    given(reply(200, QUEUED), reply(200, failed.toString()));
    assertThat(failure(open("o3-deep-research").await(PATIENCE)).kind()).isEqualTo(
      FailureKind.SERVER_ERROR
    );
  }

  @Test
  void shouldHandOnTheRefusalOfTheRequestItself() {
    given(reply(429, Answers.error("slow down", "rate_limit_exceeded")));
    assertThat(failure(open("o3-deep-research").await(PATIENCE)).kind()).isEqualTo(
      FailureKind.RATE_LIMITED
    );
    assertThat(lines()).hasSize(1);
  }

  @Test
  void shouldKeepAllOfItInsideOneLimitAndThenCancel() {
    given(reply(200, QUEUED), reply(200, WORKING));
    ExchangeEnd end = open("o4-mini-deep-research").await(Duration.ofMillis(500));
    assertThat(end).isInstanceOfSatisfying(ExchangeEnd.TimedOut.class, timedOut ->
      assertThat(timedOut.limit()).isEqualTo(Duration.ofMillis(500))
    );
    assertThat(failure(end).kind()).isEqualTo(FailureKind.ATTEMPT_TIMEOUT);
    assertThat(new String(end.arrived().body(), StandardCharsets.UTF_8)).contains("resp_1");
    Await.until("the cancel", PATIENCE, () -> lines().contains(CANCEL));
  }

  @Test
  void shouldCancelAtTheProviderOnceWhenItIsAborted() throws Exception {
    given(reply(200, QUEUED), reply(200, WORKING));
    Exchange exchange = open("o3-deep-research");
    CompletableFuture<ExchangeEnd> end = CompletableFuture.supplyAsync(
      () -> exchange.await(PATIENCE),
      Thread::startVirtualThread
    );
    Await.until("a look", PATIENCE, () -> lines().contains(LOOK));
    exchange.abort();
    exchange.abort();
    assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(ExchangeEnd.Aborted.class);
    Await.until("the cancel", PATIENCE, () -> lines().contains(CANCEL));
    assertThat(lines()).filteredOn(CANCEL::equals).hasSize(1);
    assertThat(lines().getLast()).isEqualTo(CANCEL);
  }

  @Test
  void shouldAbortALookThatHangs() throws Exception {
    given(reply(200, QUEUED), hang());
    Exchange exchange = open("o3-deep-research");
    CompletableFuture<ExchangeEnd> end = CompletableFuture.supplyAsync(
      () -> exchange.await(PATIENCE),
      Thread::startVirtualThread
    );
    Await.until("a look", PATIENCE, () -> lines().contains(LOOK));
    exchange.abort();
    assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(ExchangeEnd.Aborted.class);
    assertThat(new String(exchange.arrived().body(), StandardCharsets.UTF_8)).isEqualTo(QUEUED);
  }

  @Test
  void shouldWaitForTheFirstByteWhileItLooks() {
    given(reply(200, QUEUED), hangAfter("{\"id"));
    Exchange exchange = open("o3-deep-research");
    Thread waits = Thread.startVirtualThread(() -> exchange.await(PATIENCE));
    Await.until("a part of a look", PATIENCE, () -> exchange.arrived().body().length == 4);
    assertThat(exchange.stage()).isEqualTo(Stage.FIRST_BYTE);
    waits.interrupt();
  }

  private void given(Behaviour... script) {
    server.close();
    server = new ScriptedServer(script);
  }

  private Provider provider() {
    return new Provider(
      "openai",
      Protocol.OPENAI_RESPONSES,
      URI.create(server.baseUrl() + "/v1/responses"),
      new Secret("canary-key"),
      true
    );
  }

  private Exchange open(String model) {
    Provider openai = provider();
    CallOptions options = new CallOptions(500, Demand.ALLOWED, Demand.OFF);
    byte[] body = openai.body(model, "Find out.", options, null);
    ProviderRequest request = openai.request(model, body, "call-1-1", _ -> {});
    return exchanges.open((Target.Http) openai.target(), request);
  }

  private List<String> lines() {
    return server.requests().stream().map(ScriptedServer.Request::line).toList();
  }

  private AttemptOutcome classified(ExchangeEnd end) {
    return provider().classify(end, WorkItems.PLAIN, Instant.EPOCH);
  }

  private Failure failure(ExchangeEnd end) {
    AttemptOutcome outcome = classified(end);
    assertThat(outcome).isInstanceOf(Failure.class);
    return (Failure) outcome;
  }
}
