package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.breakOffAfter;
import static dev.acm2.worker.ScriptedServer.reply;
import static dev.acm2.worker.ScriptedServer.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.Answers;
import dev.acm2.worker.ScriptedServer;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.HttpExchanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// What whole calls come to.
class HttpCallTest extends HttpCallFixture {

  @Test
  void shouldSendInstructionsThenDocumentsInTheirOrder() {
    given(reply(200, GOOD));
    WorkItem item = WorkItems.of(store)
      .withPrompt(WorkItems.prompt(store, "Compare these.", "Document one.", "Document two."))
      .item();
    CallSucceeded end = succeeded(item);
    JsonNode sent = ContractJson.EVENTS.readTree(server.requests().getFirst().body());
    assertThat(sent.path("input").path(0).path("content").asString()).isEqualTo(
      "Compare these.\n\nDocument one.\n\nDocument two."
    );
    assertThat(sent.path("model").asString()).isEqualTo("gpt-5-mini");
    assertThat(store.text(artifact(end, Role.REQUEST))).isEqualTo(
      server.requests().getFirst().body()
    );
  }

  @Test
  void shouldSucceedWithEverythingThatAnEventTells() {
    given(reply(200, GOOD));
    WorkItem item = WorkItems.of(store).item();
    CallSucceeded end = succeeded(item);
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(end.spend()).isEqualTo(new Spend(1, new Usage(100, 20, 0, 0), Usd.of("0.000065")));
    assertThat(end.result()).isInstanceOfSatisfying(CallResult.Document.class, document -> {
      assertThat(document.preview()).isEqualTo("A summary.");
      assertThat(store.text(document.output())).isEqualTo("A summary.");
    });
    assertThat(store.text(artifact(end, Role.RESPONSE))).isEqualTo(GOOD);
    assertThat(end.timings().total()).isGreaterThanOrEqualTo(end.timings().firstByte());
    ScriptedServer.Request request = server.requests().getFirst();
    assertThat(request.header("authorization")).isEqualTo("Bearer " + CallHarness.KEY);
    assertThat(request.header("x-client-request-id")).isEqualTo(item.callId() + "-1-1");
  }

  @Test
  void shouldSpeakChatCompletionsWithoutKey() {
    given(reply(200, Answers.chat("A summary.", "stop").toString()));
    succeeded(WorkItems.of(store).withModel("openai-compatible:llama").item());
    ScriptedServer.Request request = server.requests().getFirst();
    assertThat(request.head()).startsWith("POST /v1/chat/completions");
    assertThat(request.header("authorization")).isEmpty();
  }

  @Test
  void shouldTellEachRetryBeforeItsAttempt() {
    given(reply(503, "{}"), reply(503, "{}"), reply(200, GOOD));
    WorkItem item = WorkItems.of(store).item();
    CallSucceeded end = succeeded(item);
    assertThat(worker.sink.retries())
      .extracting(CallRetried::attempt, CallRetried::cause, CallRetried::httpStatus, r ->
        r.spend().attempts()
      )
      .containsExactly(
        tuple(2, FailureKind.OVERLOADED, 503, 1),
        tuple(3, FailureKind.OVERLOADED, 503, 2)
      );
    assertThat(worker.sink.retries().getFirst().artifacts())
      .extracting(CallArtifact::role, CallArtifact::attempt)
      .containsExactly(tuple(Role.REQUEST, 1), tuple(Role.RESPONSE, 1));
    assertThat(end.attempt()).isEqualTo(3);
    assertThat(end.spend().attempts()).isEqualTo(3);
    assertThat(server.requests())
      .extracting(request -> request.header("x-client-request-id"))
      .containsExactly(item.callId() + "-1-1", item.callId() + "-1-2", item.callId() + "-1-3");
  }

  @Test
  void shouldChargeFailedAttemptsToo() {
    given(reply(200, Answers.responses(" ").toString()), reply(200, GOOD));
    CallSucceeded end = succeeded(WorkItems.of(store).item());
    assertThat(worker.sink.retries().getFirst().cause()).isEqualTo(FailureKind.EMPTY_OUTPUT);
    assertThat(end.spend()).isEqualTo(new Spend(2, new Usage(200, 40, 0, 0), Usd.of("0.00013")));
  }

  @Test
  void shouldCallAResetANetworkErrorAndSendNothingTwiceByItself() {
    given(reset());
    CallFailed end = failed(limited(Duration.ofSeconds(30), Duration.ofSeconds(10), 2));
    assertThat(end.kind()).isEqualTo(FailureKind.NETWORK);
    assertThat(server.requests()).hasSize(2);
    assertThat(end.spend()).isEqualTo(new Spend(2, Usage.NONE, Usd.ZERO));
  }

  @Test
  void shouldCallABrokenBodyANetworkErrorAndKeepIt() {
    given(breakOffAfter("{\"sta"), reply(200, GOOD));
    succeeded(WorkItems.of(store).item());
    CallRetried retry = worker.sink.retries().getFirst();
    assertThat(retry.cause()).isEqualTo(FailureKind.NETWORK);
    assertThat(retry.httpStatus()).isEqualTo(200);
    assertThat(store.text(retry.artifacts().get(1).ref())).isEqualTo("{\"sta");
  }

  @Test
  void shouldNotCountAttemptsThatReachedNobody() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      worker = CallHarness.onSystemClock(
        store,
        exchanges,
        "http://127.0.0.1:" + closed.getLocalPort()
      );
    }
    CallFailed end = failed(limited(Duration.ofSeconds(30), Duration.ofSeconds(10), 2));
    assertThat(end.kind()).isEqualTo(FailureKind.NETWORK);
    assertThat(end.spend()).isEqualTo(Spend.NONE);
    assertThat(end.attempt()).isZero();
    assertThat(worker.sink.retries()).hasSize(1);
  }

  @Test
  void shouldEndATruncatedAnswerAtOnce() {
    given(reply(200, GOOD.substring(0, 60)));
    CallFailed end = failed(WorkItems.of(store).item());
    assertThat(end.kind()).isEqualTo(FailureKind.TRUNCATED_OUTPUT);
    assertThat(server.requests()).hasSize(1);
    assertThat(store.text(artifact(end, Role.RESPONSE))).isEqualTo(GOOD.substring(0, 60));
  }

  @Test
  void shouldNeverMakeADocumentOfAnEmptyAnswer() {
    given(reply(200, ""));
    CallFailed end = failed(limited(Duration.ofSeconds(30), Duration.ofSeconds(10), 2));
    assertThat(end.kind()).isEqualTo(FailureKind.EMPTY_OUTPUT);
    assertThat(server.requests()).hasSize(2);
    assertThat(end.artifacts()).extracting(CallArtifact::role).containsExactly(Role.REQUEST);
  }

  @Test
  void shouldFailNowWhenTheProviderAsksForTooLongAPause() {
    given(reply(429, Answers.error("slow down", "rate_limit_exceeded"), "Retry-After: 3600"));
    CallFailed end = failed(WorkItems.of(store).item());
    assertThat(end.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(end.message()).contains("slow down", "3600000 ms", "deadline");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldNotFollowARedirect() {
    try (ScriptedServer other = new ScriptedServer(reply(200, GOOD))) {
      given(reply(302, "", "Location: " + other.baseUrl() + "/v1/responses"));
      CallFailed end = failed(WorkItems.of(store).item());
      assertThat(end.kind()).isEqualTo(FailureKind.BAD_REQUEST);
      assertThat(end.message()).contains("redirect refused");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void shouldCutAnAnswerThatIsTooLarge() {
    String huge = "{\"x\":\"" + "y".repeat(HttpExchanges.BODY_LIMIT) + "\"}";
    given(reply(200, huge));
    CallFailed end = failed(limited(Duration.ofSeconds(30), Duration.ofSeconds(20), 1));
    assertThat(end.kind()).isEqualTo(FailureKind.INVALID_OUTPUT);
    assertThat(end.message()).contains("larger than");
    assertThat(artifact(end, Role.RESPONSE).size()).isEqualTo(HttpExchanges.BODY_LIMIT + 1L);
  }

  @Test
  void shouldShowTheKeyNowhere() {
    // given: providers that echo the key in an error and in an answer, and everything is logged
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Logger own = (Logger) LoggerFactory.getLogger("dev.acm2");
    logged.start();
    root.addAppender(logged);
    Level before = own.getLevel();
    own.setLevel(Level.TRACE);
    given(
      reply(500, "{\"error\":{\"message\":\"bad key " + CallHarness.KEY + "\"}}"),
      reply(200, Answers.responses("Your key is " + CallHarness.KEY).toString())
    );
    // when
    CallSucceeded end = succeeded(WorkItems.of(store).item());
    root.detachAppender(logged);
    own.setLevel(before);
    // then
    assertThat(worker.sink.events().toString()).contains("***").doesNotContain(CallHarness.KEY);
    assertThat(List.copyOf(logged.list).toString()).doesNotContain(CallHarness.KEY);
    List<CallArtifact> artifacts = new ArrayList<>(worker.sink.retries().getFirst().artifacts());
    artifacts.addAll(end.artifacts());
    assertThat(artifacts).hasSize(5);
    artifacts.forEach(each -> assertThat(store.text(each.ref())).doesNotContain(CallHarness.KEY));
  }
}
