package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GeminiProtocolTest {

  private final GeminiProtocol protocol = new GeminiProtocol();

  @Test
  void shouldAskPlainly() {
    JsonNode request = protocol.request(
      "gemini-2.0-flash",
      "Do it.",
      options(Demand.OFF, 500),
      null
    );
    assertThat(request.toString()).isEqualTo(
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Do it.\"}]}]," +
        "\"generationConfig\":{\"maxOutputTokens\":500}}"
    );
  }

  @ParameterizedTest
  @CsvSource({ "ALLOWED, true", "REQUIRED, true", "OFF, false" })
  void shouldAskForSearch(Demand grounding, boolean asked) {
    CallOptions options = new CallOptions(500, grounding, Demand.OFF);
    JsonNode tool = protocol
      .request("gemini-2.5-pro", "Do it.", options, null)
      .path("tools")
      .path(0);
    assertThat(tool.has("google_search")).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "gemini-2.5-flash|OFF|50000|{\"thinkingBudget\":0,\"includeThoughts\":false}",
      "gemini-2.5-flash|ALLOWED|50000|{\"thinkingBudget\":8192,\"includeThoughts\":true}",
      "gemini-2.5-flash-lite|REQUIRED|3000|{\"thinkingBudget\":1500,\"includeThoughts\":true}",
      "gemini-2.5-pro|REQUIRED|600|{\"thinkingBudget\":512,\"includeThoughts\":true}",
      "gemini-2.5-pro|OFF|50000|{\"thinkingBudget\":128,\"includeThoughts\":false}",
      "gemini-3-pro-preview|OFF|500|{\"thinkingLevel\":\"low\",\"includeThoughts\":false}",
      "gemini-3-pro-preview|REQUIRED|500|{\"thinkingLevel\":\"high\",\"includeThoughts\":true}",
      "gemini-3.1-flash|ALLOWED|500|{\"thinkingLevel\":\"high\",\"includeThoughts\":true}",
      "gemini-2.0-flash|ALLOWED|500|''",
      "gemini-flash-latest|ALLOWED|500|''",
    }
  )
  void shouldAskForThoughtsByGeneration(String model, Demand demand, int most, String config) {
    JsonNode thinking = protocol
      .request(model, "Do it.", options(demand, most), null)
      .path("generationConfig")
      .path("thinkingConfig");
    assertThat(thinking.toString()).isEqualTo(config);
  }

  @Test
  void shouldRefuseToPayForReasoningThatCannotBeAskedFor() {
    CallOptions required = options(Demand.REQUIRED, 500);
    assertThat(protocol.problem("gemini-2.0-flash", required)).isPresent();
    assertThat(protocol.problem("gemini-2.5-flash", required)).isEmpty();
    assertThat(protocol.problem("gemini-2.0-flash", options(Demand.ALLOWED, 500))).isEmpty();
  }

  @Test
  void shouldPutTheModelIntoTheAddressAndTheKeyIntoAHeader() {
    URI resource = URI.create("https://host/v1beta/models");
    assertThat(protocol.address(resource, "gemini-2.5-pro")).hasToString(
      "https://host/v1beta/models/gemini-2.5-pro:generateContent"
    );
    assertThat(protocol.address(resource, "../x?key=1#a b")).hasToString(
      "https://host/v1beta/models/..%2Fx%3Fkey%3D1%23a%20b:generateContent"
    );
    assertThat(protocol.headers(new Secret("canary-key"))).containsExactlyEntriesOf(
      Map.of("x-goog-api-key", "canary-key")
    );
    assertThat(protocol.headers(Secret.NONE)).isEmpty();
  }

  @Test
  void shouldJoinAllPartsButThoughts() {
    ObjectNode answer = answer("STOP");
    part(answer, "I wonder.").put("thought", true);
    part(answer, "First, ");
    part(answer, "second.").put("thoughtSignature", "abc");
    Answer read = protocol.read(answer);
    assertThat(read.text()).isEqualTo("First, second.");
    assertThat(read.evidence().reasoned()).isTrue();
    assertThat(read.defect()).isNull();
  }

  @Test
  void shouldBillThoughtsAndTools() {
    ObjectNode answer = answer("STOP");
    ObjectNode usage = answer.putObject("usageMetadata").put("promptTokenCount", 100);
    usage.put("toolUsePromptTokenCount", 40).put("candidatesTokenCount", 20);
    usage.put("thoughtsTokenCount", 300).put("cachedContentTokenCount", 30);
    assertThat(protocol.read(answer).usage()).isEqualTo(new Usage(140, 320, 300, 30));
    assertThat(protocol.read(answer).evidence().reasoned()).isTrue();
    answer.remove("usageMetadata");
    assertThat(protocol.read(answer).usage()).isNull();
  }

  @Test
  void shouldTakeOnlyWhatWasFoundAsGrounding() {
    ObjectNode answer = answer("STOP");
    ObjectNode grounding = candidate(answer).putObject("groundingMetadata");
    grounding.putObject("searchEntryPoint").put("renderedContent", "<div/>");
    grounding.putArray("webSearchQueries").add("");
    assertThat(protocol.read(answer).evidence().grounded()).isFalse();
    assertThat(protocol.read(answer).evidence().reasoned()).isFalse();

    grounding.withArray("/webSearchQueries").add("what is it");
    assertThat(protocol.read(answer).evidence().grounded()).isTrue();
    assertThat(protocol.read(answer).evidence().sources()).isEmpty();

    grounding.putArray("groundingChunks").addObject().putObject("web").put("uri", "https://a");
    ObjectNode citations = candidate(answer).putObject("citationMetadata");
    citations.putArray("citationSources").addObject().put("uri", "https://b");
    assertThat(protocol.read(answer).evidence().sources()).containsExactly(
      "https://a",
      "https://b"
    );
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_TOKENS, TRUNCATED_OUTPUT",
    "SAFETY, CONTENT_REFUSED",
    "RECITATION, CONTENT_REFUSED",
    "PROHIBITED_CONTENT, CONTENT_REFUSED",
    "BLOCKLIST, CONTENT_REFUSED",
    "OTHER, INVALID_OUTPUT",
    "'', INVALID_OUTPUT",
  })
  void shouldReadWhyItStopped(String reason, FailureKind kind) {
    Answer read = protocol.read(answer(reason));
    assertThat(Objects.requireNonNull(read.defect()).kind()).isEqualTo(kind);
  }

  @Test
  void shouldReadABlockedPrompt() {
    ObjectNode blocked = ContractJson.EVENTS.createObjectNode();
    blocked.putObject("promptFeedback").put("blockReason", "SAFETY");
    assertThat(Objects.requireNonNull(protocol.read(blocked).defect()).kind()).isEqualTo(
      FailureKind.CONTENT_REFUSED
    );
  }

  private static CallOptions options(Demand reasoning, int maxOutputTokens) {
    return new CallOptions(maxOutputTokens, Demand.OFF, reasoning);
  }

  private static ObjectNode answer(String reason) {
    ObjectNode answer = ContractJson.EVENTS.createObjectNode();
    answer
      .putArray("candidates")
      .addObject()
      .put("finishReason", reason)
      .putObject("content")
      .putArray("parts");
    return answer;
  }

  private static ObjectNode candidate(ObjectNode answer) {
    return (ObjectNode) answer.path("candidates").path(0);
  }

  private static ObjectNode part(ObjectNode answer, String text) {
    return candidate(answer).withArray("/content/parts").addObject().put("text", text);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, OFF, true",
    "gemini-flash-latest, OFF, true",
    "gemini-2.5-pro, ALLOWED, false",
    "gemini-flash-latest, ALLOWED, false",
    "gemini-3-pro-preview, ALLOWED, true",
  })
  void shouldDemandJsonWhereItGoesWithASearch(String model, Demand grounding, boolean demanded) {
    JsonNode schema = ContractJson.EVENTS.createObjectNode().put("type", "object");
    CallOptions options = new CallOptions(500, grounding, Demand.OFF);
    JsonNode config = protocol
      .request(model, "Judge it.", options, schema)
      .path("generationConfig");
    assertThat(config.path("responseMimeType").asString("")).isEqualTo(
      demanded ? "application/json" : ""
    );
    assertThat(config.path("responseJsonSchema").equals(schema)).isEqualTo(demanded);
    assertThat(
      protocol
        .request(model, "Write it.", options, null)
        .path("generationConfig")
        .has("responseMimeType")
    ).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro, 1",
    "gemini-2.0-flash-001, 1",
    "gemini-3-pro-preview, 2",
    "gemini-3.1-pro-preview, 2",
    "'', 2",
  })
  void shouldCountSearchesAsTheGenerationIsCharged(String model, int searches) {
    ObjectNode answer = ContractJson.EVENTS.createObjectNode().put("modelVersion", model);
    ObjectNode candidate = answer.putArray("candidates").addObject();
    assertThat(protocol.read(answer).searches()).isZero();
    candidate
      .putObject("groundingMetadata")
      .putArray("webSearchQueries")
      .add("a")
      .add("")
      .add("b")
      .add("a");
    assertThat(protocol.read(answer).searches()).isEqualTo(searches);
  }
}
