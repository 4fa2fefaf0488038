package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AnthropicProtocolTest {

  private final AnthropicProtocol protocol = new AnthropicProtocol();

  @Test
  void shouldAskPlainly() {
    CallOptions plain = new CallOptions(500, Demand.OFF, Demand.OFF);
    assertThat(protocol.request("claude-haiku-4-5", "Do it.", plain, null).toString()).isEqualTo(
      "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":500," +
        "\"messages\":[{\"role\":\"user\",\"content\":\"Do it.\"}]}"
    );
  }

  @Test
  void shouldSendTheKeyAndTheVersionInHeaders() {
    assertThat(protocol.headers(new Secret("canary-key"))).isEqualTo(
      Map.of("x-api-key", "canary-key", "anthropic-version", "2023-06-01")
    );
  }

  @ParameterizedTest
  @CsvSource({ "ALLOWED, web_search_20250305", "REQUIRED, web_search_20250305", "OFF, ''" })
  void shouldAskForSearch(Demand grounding, String type) {
    CallOptions options = new CallOptions(500, grounding, Demand.OFF);
    JsonNode tool = protocol
      .request("claude-haiku-4-5", "Do it.", options, null)
      .path("tools")
      .path(0);
    assertThat(tool.path("type").asString("")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRED, 64000, 8192",
    "ALLOWED, 4000, 2000",
    "ALLOWED, 1025, 1024",
    "ALLOWED, 1024, 0",
    "OFF, 64000, 0",
  })
  void shouldKeepTheBudgetOfThoughtsInsideItsBounds(Demand reasoning, int most, int budget) {
    CallOptions options = new CallOptions(most, Demand.OFF, reasoning);
    JsonNode thinking = protocol
      .request("claude-haiku-4-5", "Do it.", options, null)
      .path("thinking");
    assertThat(thinking.path("budget_tokens").asInt(0)).isEqualTo(budget);
  }

  @Test
  void shouldRefuseToPayForReasoningThatHasNoRoom() {
    CallOptions narrow = new CallOptions(1024, Demand.OFF, Demand.REQUIRED);
    assertThat(protocol.problem("claude-haiku-4-5", narrow)).isPresent();
    CallOptions wide = new CallOptions(1025, Demand.OFF, Demand.REQUIRED);
    assertThat(protocol.problem("claude-haiku-4-5", wide)).isEmpty();
  }

  @Test
  void shouldJoinTextAndNothingElse() {
    ObjectNode answer = answer("end_turn");
    block(answer, "thinking").put("thinking", "I wonder.");
    block(answer, "text").put("text", "First, ");
    block(answer, "server_tool_use").put("name", "web_search");
    block(answer, "text").put("text", "second.");
    Answer read = protocol.read(answer);
    assertThat(read.text()).isEqualTo("First, second.");
    assertThat(read.evidence().reasoned()).isTrue();
    assertThat(read.evidence().grounded()).isFalse();
    assertThat(read.defect()).isNull();
  }

  @Test
  void shouldNotTakeTextForReasoning() {
    ObjectNode answer = answer("end_turn");
    block(answer, "text").put("text", "I thought about it.");
    assertThat(protocol.read(answer).evidence().reasoned()).isFalse();
    block(answer, "redacted_thinking").put("data", "x");
    assertThat(protocol.read(answer).evidence().reasoned()).isTrue();
  }

  @Test
  void shouldCountTheCacheAsInput() {
    ObjectNode answer = answer("end_turn");
    ObjectNode usage = answer.putObject("usage").put("input_tokens", 100).put("output_tokens", 20);
    assertThat(protocol.read(answer).usage()).isEqualTo(new Usage(100, 20, 0, 0));
    usage.put("cache_creation_input_tokens", 7).put("cache_read_input_tokens", 50);
    assertThat(protocol.read(answer).usage()).isEqualTo(new Usage(157, 20, 0, 50));
    answer.remove("usage");
    assertThat(protocol.read(answer).usage()).isNull();
  }

  @Test
  void shouldTakeASearchThatSucceededOrACitationAsProof() {
    ObjectNode failed = answer("end_turn");
    block(failed, "server_tool_use").put("name", "web_search");
    ObjectNode result = block(failed, "web_search_tool_result");
    result
      .putObject("content")
      .put("type", "web_search_tool_result_error")
      .put("error_code", "max_uses_exceeded");
    assertThat(protocol.read(failed).evidence().grounded()).isFalse();
    result.putArray("content").addObject().put("url", "https://found");
    assertThat(protocol.read(failed).evidence().grounded()).isTrue();
    assertThat(protocol.read(failed).evidence().sources()).isEmpty();

    ObjectNode cited = answer("end_turn");
    ObjectNode text = block(cited, "text").put("text", "As they say.");
    text.putArray("citations").addObject().put("url", "https://a");
    text.withArray("/citations").addObject().put("url", "https://a");
    assertThat(protocol.read(cited).evidence().grounded()).isTrue();
    assertThat(protocol.read(cited).evidence().sources()).containsExactly("https://a");
  }

  @ParameterizedTest
  @CsvSource({
    "max_tokens, TRUNCATED_OUTPUT",
    "pause_turn, TRUNCATED_OUTPUT",
    "refusal, CONTENT_REFUSED",
    "tool_use, INVALID_OUTPUT",
    "'', INVALID_OUTPUT",
  })
  void shouldReadWhyItStopped(String reason, FailureKind kind) {
    Answer read = protocol.read(answer(reason));
    assertThat(Objects.requireNonNull(read.defect()).kind()).isEqualTo(kind);
  }

  private static ObjectNode answer(String reason) {
    ObjectNode answer = ContractJson.EVENTS.createObjectNode().put("stop_reason", reason);
    answer.putArray("content");
    return answer;
  }

  private static ObjectNode block(ObjectNode answer, String type) {
    return answer.withArray("/content").addObject().put("type", type);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-haiku-4-5, OFF, true",
    "claude-opus-4-5-20251101, OFF, true",
    "claude-sonnet-4-6, OFF, true",
    "claude-opus-5, OFF, true",
    "claude-sonnet-4-20250514, OFF, false",
    "claude-opus-4-1-20250805, OFF, false",
    "claude-opus-4-0, OFF, false",
    "claude-3-7-sonnet-latest, OFF, false",
    "claude-haiku-4-5, ALLOWED, false",
  })
  void shouldDemandJsonOfModelsThatTakeIt(String model, Demand grounding, boolean demanded) {
    JsonNode schema = ContractJson.EVENTS.createObjectNode().put("type", "object");
    CallOptions options = new CallOptions(500, grounding, Demand.OFF);
    JsonNode request = protocol.request(model, "Judge it.", options, schema);
    assertThat(request.path("output_config").toString()).isEqualTo(
      demanded ? "{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}" : ""
    );
    assertThat(protocol.request(model, "Write it.", options, null).has("output_config")).isFalse();
  }

  @Test
  void shouldCapSearchesAndReadHowManyThereWere() {
    CallOptions options = new CallOptions(500, Demand.ALLOWED, Demand.OFF);
    JsonNode request = protocol.request("claude-haiku-4-5", "Do it.", options, null);
    assertThat(request.path("tools").path(0).path("max_uses").asInt()).isEqualTo(
      ModelCatalogue.MAX_SEARCHES
    );
    String answer =
      "{\"content\":[],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1," +
      "\"output_tokens\":1,\"server_tool_use\":{\"web_search_requests\":4}}}";
    assertThat(protocol.read(ContractJson.EVENTS.readTree(answer)).searches()).isEqualTo(4);
    assertThat(protocol.read(ContractJson.EVENTS.readTree("{}")).searches()).isZero();
  }
}
