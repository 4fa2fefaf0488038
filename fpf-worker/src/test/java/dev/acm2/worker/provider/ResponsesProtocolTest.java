package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.worker.Answers;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesProtocolTest {

  private final ResponsesProtocol protocol = new ResponsesProtocol();

  @Test
  void shouldAskPlainly() {
    JsonNode request = protocol.request("gpt-5", "Do it.", options(Demand.OFF, Demand.OFF), null);
    assertThat(request.toString()).isEqualTo(
      "{\"model\":\"gpt-5\",\"input\":[{\"role\":\"user\",\"content\":\"Do it.\"}]," +
        "\"max_output_tokens\":500}"
    );
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.1, ALLOWED, true",
    "gpt-5-mini, REQUIRED, true",
    "o4-mini, ALLOWED, true",
    "gpt-4.1, REQUIRED, false",
    "gpt-5, OFF, false",
  })
  void shouldAskForReasoningOfTheFamiliesThatHaveIt(String model, Demand reasoning, boolean asked) {
    JsonNode request = protocol.request(model, "Do it.", options(Demand.OFF, reasoning), null);
    assertThat(request.has("reasoning")).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5, medium",
    "gpt-5.1, medium",
    "gpt-5-pro, high",
    "gpt-5.2-pro-2025-12-11, high",
    "gpt-5.1-chat-latest, ''",
    "o1, medium",
    "o1-mini, ''",
    "o3-deep-research, medium",
    "gpt-4o, ''",
  })
  void shouldAskForTheEffortThatTheFamilyTakes(String model, String effort) {
    CallOptions allowed = options(Demand.OFF, Demand.ALLOWED);
    JsonNode request = protocol.request(model, "Do it.", allowed, null);
    assertThat(request.path("reasoning").path("effort").asString("")).isEqualTo(effort);
    CallOptions required = options(Demand.OFF, Demand.REQUIRED);
    assertThat(protocol.problem(model, required).isPresent()).isEqualTo(effort.isEmpty());
    assertThat(protocol.problem(model, allowed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({ "o3-deep-research, true", "o4-mini-deep-research, true", "o3, false" })
  void shouldAskDeepResearchInTheBackground(String model, boolean background) {
    JsonNode request = protocol.request(
      model,
      "Do it.",
      options(Demand.REQUIRED, Demand.OFF),
      null
    );
    assertThat(request.path("background").asBoolean(false)).isEqualTo(background);
    assertThat(protocol.inBackground(model)).isEqualTo(background);
    assertThat(request.path("tools").path(0).path("type").asString("")).isEqualTo(
      background ? "web_search_preview" : "web_search"
    );
  }

  @ParameterizedTest
  @CsvSource({ "ALLOWED, true", "REQUIRED, true", "OFF, false" })
  void shouldAskForSearch(Demand grounding, boolean asked) {
    JsonNode request = protocol.request("gpt-4.1", "Do it.", options(grounding, Demand.OFF), null);
    assertThat(
      request.path("tools").path(0).path("type").asString("").equals("web_search")
    ).isEqualTo(asked);
  }

  @Test
  void shouldJoinAllPartsOfAllMessages() {
    ObjectNode answer = Answers.responses("First, ");
    Answers.addText(answer, "second, ");
    ObjectNode second = (ObjectNode) answer.path("output").path(1);
    second.withArray("/content").addObject().put("type", "output_text").put("text", "third.");
    assertThat(protocol.read(answer).text()).isEqualTo("First, second, third.");
  }

  @Test
  void shouldReadUsageWithItsParts() {
    ObjectNode answer = Answers.responses("text");
    ObjectNode usage = (ObjectNode) answer.path("usage");
    usage.putObject("input_tokens_details").put("cached_tokens", 40);
    usage.putObject("output_tokens_details").put("reasoning_tokens", 15);
    assertThat(protocol.read(answer).usage()).isEqualTo(new Usage(100, 20, 15, 40));
    answer.remove("usage");
    assertThat(protocol.read(answer).usage()).isNull();
  }

  @Test
  void shouldNeverReadMorePartsThanWhole() {
    ObjectNode answer = Answers.responses("text");
    ObjectNode usage = (ObjectNode) answer.path("usage");
    usage.putObject("input_tokens_details").put("cached_tokens", 4000);
    usage.putObject("output_tokens_details").put("reasoning_tokens", -3);
    assertThat(protocol.read(answer).usage()).isEqualTo(new Usage(100, 20, 0, 100));
  }

  @Test
  void shouldTakeACompletedSearchOrACitationAsProof() {
    ObjectNode searched = Answers.responses("text");
    ObjectNode search = searched
      .withArray("/output")
      .addObject()
      .put("type", "web_search_call")
      .put("status", "failed");
    assertThat(protocol.read(searched).evidence().grounded()).isFalse();
    search.put("status", "completed");
    assertThat(protocol.read(searched).evidence().grounded()).isTrue();

    ObjectNode cited = Answers.responses("text");
    ObjectNode part = (ObjectNode) cited.path("output").path(0).path("content").path(0);
    part.withArray("/annotations").addObject().put("type", "url_citation").put("url", "https://a");
    part.withArray("/annotations").addObject().put("type", "url_citation").put("url", "https://b");
    part.withArray("/annotations").addObject().put("type", "url_citation").put("url", "https://a");
    assertThat(protocol.read(cited).evidence().sources()).containsExactly("https://a", "https://b");
    assertThat(protocol.read(cited).evidence().grounded()).isTrue();
  }

  @Test
  void shouldTakeReasoningItemsOrTokensAsProof() {
    ObjectNode items = Answers.responses("text");
    assertThat(protocol.read(items).evidence().reasoned()).isFalse();
    items.withArray("/output").addObject().put("type", "reasoning");
    assertThat(protocol.read(items).evidence().reasoned()).isTrue();

    ObjectNode tokens = Answers.responses("text");
    ((ObjectNode) tokens.path("usage"))
      .putObject("output_tokens_details")
      .put("reasoning_tokens", 1);
    assertThat(protocol.read(tokens).evidence().reasoned()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "max_output_tokens, TRUNCATED_OUTPUT",
    "content_filter, CONTENT_REFUSED",
    "other, TRUNCATED_OUTPUT",
  })
  void shouldReadWhyAnAnswerIsIncomplete(String reason, FailureKind kind) {
    ObjectNode answer = Answers.responses("half a text").put("status", "incomplete");
    answer.putObject("incomplete_details").put("reason", reason);
    assertThat(defectOf(answer)).isEqualTo(kind);
  }

  @Test
  void shouldReadRefusalsAndFailures() {
    ObjectNode refused = Answers.responses("");
    ObjectNode message = (ObjectNode) refused.path("output").path(0);
    message.putArray("content").addObject().put("type", "refusal").put("refusal", "I cannot.");
    assertThat(defectOf(refused)).isEqualTo(FailureKind.CONTENT_REFUSED);

    ObjectNode failed = ContractJson.EVENTS.createObjectNode().put("status", "failed");
    failed.putObject("error").put("code", "rate_limit_exceeded").put("message", "slow down");
    assertThat(defectOf(failed)).isEqualTo(FailureKind.RATE_LIMITED);
    ((ObjectNode) failed.path("error")).put("code", "server_error");
    assertThat(defectOf(failed)).isEqualTo(FailureKind.SERVER_ERROR);
  }

  private FailureKind defectOf(JsonNode answer) {
    return Objects.requireNonNull(protocol.read(answer).defect()).kind();
  }

  private static CallOptions options(Demand grounding, Demand reasoning) {
    return new CallOptions(500, grounding, reasoning);
  }

  @Test
  void shouldDemandJsonInTheProvidersOwnWay() {
    CallOptions options = options(Demand.OFF, Demand.OFF);
    JsonNode schema = ContractJson.EVENTS.createObjectNode().put("type", "object");
    JsonNode request = protocol.request("gpt-5.1", "Judge it.", options, schema);
    assertThat(request.path("text").toString()).isEqualTo(
      "{\"format\":{\"type\":\"json_schema\",\"name\":\"answer\",\"strict\":true," +
        "\"schema\":{\"type\":\"object\"}}}"
    );
    assertThat(
      protocol.request("o3-deep-research", "Judge it.", options, schema).has("text")
    ).isFalse();
  }

  @Test
  void shouldCapSearchesAndCountThoseThatAreCharged() {
    JsonNode request = protocol.request("gpt-5", "x", options(Demand.ALLOWED, Demand.OFF), null);
    assertThat(request.path("max_tool_calls").asInt()).isEqualTo(ModelCatalogue.MAX_SEARCHES);
    ObjectNode answer = Answers.responses("text");
    assertThat(protocol.read(answer).searches()).isZero();
    search(answer, "completed").putObject("action").put("type", "search");
    search(answer, "completed").putObject("action").put("type", "open_page");
    search(answer, "failed").putObject("action").put("type", "search");
    search(answer, "completed");
    assertThat(protocol.read(answer).searches()).isEqualTo(2);
  }

  private static ObjectNode search(ObjectNode answer, String status) {
    return answer
      .withArray("/output")
      .addObject()
      .put("type", "web_search_call")
      .put("status", status);
  }
}
