package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.Answers;
import dev.acm2.worker.ScriptedServer.Request;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.CommandProtocol;
import dev.acm2.worker.provider.Protocol;
import dev.acm2.worker.provider.Provider;
import dev.acm2.worker.provider.Secret;
import dev.acm2.worker.provider.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.node.ObjectNode;

/// Whole calls over the protocols of each provider.
class ProviderCallTest extends HttpCallFixture {

  @Test
  void shouldCallGoogle() {
    given(
      reply(
        200,
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"A summary.\"}]}," +
          "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":1000," +
          "\"candidatesTokenCount\":100,\"thoughtsTokenCount\":300}}"
      )
    );
    CallSucceeded end = succeeded(item("google:gemini-2.5-flash"));
    Request request = server.requests().getFirst();
    assertThat(request.line()).isEqualTo("POST /v1beta/models/gemini-2.5-flash:generateContent");
    assertThat(request.header("x-goog-api-key")).isEqualTo(CallHarness.KEY);
    assertThat(request.header("authorization")).isEmpty();
    assertThat(end.spend()).isEqualTo(new Spend(1, new Usage(1000, 400, 300, 0), Usd.of("0.0013")));
  }

  @Test
  void shouldCallAnthropic() {
    given(
      reply(529, "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"),
      reply(
        200,
        "{\"content\":[{\"type\":\"text\",\"text\":\"A summary.\"}]," +
          "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":100}}"
      )
    );
    CallSucceeded end = succeeded(item("anthropic:claude-haiku-4-5"));
    Request request = server.requests().getFirst();
    assertThat(request.line()).isEqualTo("POST /v1/messages");
    assertThat(request.header("x-api-key")).isEqualTo(CallHarness.KEY);
    assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(worker.sink.retries().getFirst().cause()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(end.spend()).isEqualTo(new Spend(2, new Usage(1000, 100, 0, 0), Usd.of("0.0015")));
  }

  @Test
  void shouldChargeWhatOpenRouterReportsAlsoForAnAnswerThatIsNoUse() {
    ObjectNode cut = Answers.chat("", "stop");
    ((ObjectNode) cut.path("usage")).put("cost", 0.01);
    ObjectNode good = Answers.chat("A summary.", "stop");
    ((ObjectNode) good.path("usage")).put("cost", 0.0234);
    given(reply(200, cut.toString()), reply(200, good.toString()));
    CallSucceeded end = succeeded(item("openrouter:openai/gpt-oss-20b:free"));
    assertThat(server.requests().getFirst().line()).isEqualTo("POST /api/v1/chat/completions");
    assertThat(server.requests().getFirst().body()).contains("\"openai/gpt-oss-20b:free\"");
    assertThat(end.spend().costUsd()).isEqualTo(Usd.of("0.0334"));
    assertThat(end.spend().usage()).isEqualTo(new Usage(200, 40, 0, 0));
  }

  @Test
  void shouldChargeTheSearchesOfEachAttempt() {
    ObjectNode searched = Answers.responses("A summary.");
    for (int i = 0; i < 3; i++) {
      searched
        .withArray("/output")
        .addObject()
        .put("type", "web_search_call")
        .put("status", "completed");
    }
    ObjectNode empty = searched.deepCopy();
    ((ObjectNode) empty.path("output").path(0)).putArray("content");
    given(reply(200, empty.toString()), reply(200, searched.toString()));
    // 100 tokens of input, 20 of output, and 3 searches, twice
    CallSucceeded end = succeeded(item("openai:searching"));
    assertThat(end.spend().costUsd()).isEqualTo(Usd.of("0.0606"));
  }

  @Test
  void shouldNotPayForReasoningThatCannotBeHad() {
    given(reply(200, GOOD));
    CallOptions options = new CallOptions(1000, Demand.OFF, Demand.REQUIRED);
    WorkItem item = WorkItems.of(store).withModel("openai:gpt-4.1").withOptions(options).item();
    CallFailed end = failed(item);
    assertThat(end.kind()).isEqualTo(FailureKind.BAD_REQUEST);
    assertThat(end.message()).contains("gpt-4.1");
    assertThat(end.spend()).isEqualTo(Spend.NONE);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldCallAProgram() {
    givenProgram("cat; echo '{\"step\":1}' >&2; echo '{\"cost_usd\":0.5}' >&2");
    CallSucceeded end = succeeded(item("command:fpf"));
    assertThat(store.text(artifact(end, Role.OUTPUT))).isEqualTo("Summarise.\n\nA document.");
    assertThat(store.text(artifact(end, Role.RESPONSE))).contains("{\"step\":1}");
    assertThat(store.text(artifact(end, Role.REQUEST))).contains("\"model\":\"fpf\"");
    assertThat(end.spend().costUsd()).isEqualTo(Usd.of("0.5"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldEndAProgramByTheDeadlineOfItsCall() {
    givenProgram("echo working >&2; sleep 300");
    WorkItem item = WorkItems.of(store)
      .withModel("command:fpf")
      .withLimits(WorkItems.limits(Duration.ofSeconds(3), Duration.ofSeconds(3), 3))
      .item();
    CallTimedOut end = (CallTimedOut) end(item);
    assertThat(Duration.between(end.deadline(), end.enforcedAt())).isLessThan(
      Duration.ofSeconds(2)
    );
    assertThat(store.text(artifact(end, Role.RESPONSE))).isEqualTo("working\n");
  }

  private WorkItem item(String model) {
    return WorkItems.of(store).withModel(model).item();
  }

  private void givenProgram(String script) {
    worker.close();
    Target target = new Target.Program(
      (CommandProtocol) Protocol.COMMAND.wire(),
      List.of("bash", "-c", script),
      null
    );
    Provider command = new Provider("command", target, Secret.NONE, false);
    worker = new CallHarness(store, exchanges, new SystemCallClock(), Map.of("command", command));
  }
}
