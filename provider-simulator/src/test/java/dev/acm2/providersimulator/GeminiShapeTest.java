package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GeminiShapeTest {

  private static final String MODEL = "gemini-2.5-pro";

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void shouldSendAThoughtAndTheTextInParts() throws Exception {
    JsonNode body = answer(MODEL, Wire.asking(Dialect.GEMINI, MODEL, "# Order 14265"));

    JsonNode candidate = Wire.candidate(body);
    List<JsonNode> parts = candidate.path("content").path("parts").valueStream().toList();
    assertThat(candidate.path("content").path("role").asString()).isEqualTo("model");
    assertThat(candidate.path("finishReason").asString()).isEqualTo("STOP");
    assertThat(candidate.path("index").asInt(-1)).isZero();
    assertThat(parts).hasSize(3);
    assertThat(parts.getFirst().path("thought").asBoolean()).isTrue();
    assertThat(parts.subList(1, 3)).noneMatch(part -> part.has("thought"));
    assertThat(parts.getLast().path("text").asString()).startsWith("\n## ");
    assertThat(body.path("modelVersion").asString()).isEqualTo(MODEL);
    assertThat(body.path("responseId").asString()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "{},                                                                false, false",
    "{\"thinkingConfig\":{\"thinkingBudget\":1024}},                    true,  false",
    "'{\"thinkingConfig\":{\"thinkingBudget\":1024,\"includeThoughts\":true}}', true, true",
    "{\"thinking_config\":{\"include_thoughts\":true}},                 true,  true",
    "'{\"thinkingConfig\":{\"thinkingBudget\":0,\"includeThoughts\":true}}', false, false",
  })
  void shouldThinkAndShowItAsAsked(String config, boolean thinks, boolean shows) throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");
    request.set("generationConfig", JSON.readTree(config));

    JsonNode body = answer("gemini-2.5-flash", request);

    assertThat(body.path("usageMetadata").has("thoughtsTokenCount")).isEqualTo(thinks);
    assertThat(body.findValues("thought").isEmpty()).isEqualTo(!shows);
  }

  @Test
  void shouldKeepTheThinkingBudget() throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");
    request.putObject("generationConfig").putObject("thinkingConfig").put("thinkingBudget", 128);

    JsonNode usage = answer(MODEL, request).path("usageMetadata");

    assertThat(usage.path("thoughtsTokenCount").asInt()).isEqualTo(128);
  }

  @Test
  void shouldSignTheAnswerOfAThinkingModelOfGeneration3() throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");
    ObjectNode config = request.putObject("generationConfig");
    config.putObject("thinkingConfig").put("thinkingLevel", "high");

    JsonNode parts = Wire.candidate(answer("gemini-3-pro-preview", request))
      .path("content")
      .path("parts");

    assertThat(parts.path(parts.size() - 1).has("thoughtSignature")).isTrue();
  }

  @Test
  void shouldSupportPiecesOfThePartsByTheChunksFound() throws Exception {
    String prompt = "# Größe der Förderung – 14265";
    JsonNode candidate = Wire.candidate(answer(MODEL, Wire.asking(Dialect.GEMINI, MODEL, prompt)));

    JsonNode grounding = candidate.path("groundingMetadata");
    JsonNode chunks = grounding.path("groundingChunks");
    assertThat(grounding.path("webSearchQueries")).isNotEmpty();
    assertThat(grounding.path("searchEntryPoint").has("renderedContent")).isTrue();
    assertThat(chunks).isNotEmpty();
    assertThat(chunks.path(0).path("web").path("uri").asString()).startsWith("https://source-1.");
    assertThat(chunks.path(0).path("web").path("title").asString()).isEqualTo("source-1.example");
    assertThat(grounding.path("groundingSupports"))
      .hasSameSizeAs(chunks)
      .allSatisfy(support ->
        assertThat(piece(candidate, support.path("segment"))).isEqualTo(
          support.path("segment").path("text").asString()
        )
      );
    assertThat(candidate.path("content").toString()).doesNotContain("https://source-");
  }

  @Test
  void shouldCountThoughtsAndToolTokensIntoTheTotal() throws Exception {
    JsonNode usage = answer(MODEL, Wire.asking(Dialect.GEMINI, MODEL, "# Order 14265")).path(
      "usageMetadata"
    );

    assertThat(usage.path("promptTokenCount").asInt()).isEqualTo(4);
    assertThat(usage.path("thoughtsTokenCount").asInt()).isPositive();
    assertThat(usage.path("toolUsePromptTokenCount").asInt()).isPositive();
    assertThat(usage.path("totalTokenCount").asInt()).isEqualTo(
      usage.path("promptTokenCount").asInt() +
        usage.path("candidatesTokenCount").asInt() +
        usage.path("thoughtsTokenCount").asInt() +
        usage.path("toolUsePromptTokenCount").asInt()
    );
    assertThat(usage.path("promptTokensDetails").path(0).path("modality").asString()).isEqualTo(
      "TEXT"
    );
  }

  @Test
  void shouldCountARepeatedLongPromptAsCached() throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "word ".repeat(2000));
    answer(MODEL, request);

    JsonNode usage = answer(MODEL, request).path("usageMetadata");

    assertThat(usage.path("cachedContentTokenCount").asInt()).isEqualTo(2432);
  }

  @Test
  void shouldSayWhenTheTokenLimitCutTheText() throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");
    request.putObject("generationConfig").put("maxOutputTokens", 20);

    JsonNode body = answer(MODEL, request);

    assertThat(Wire.finish(Dialect.GEMINI, body)).isEqualTo("MAX_TOKENS");
    assertThat(body.path("usageMetadata").path("candidatesTokenCount").asInt()).isEqualTo(20);
  }

  @Test
  void shouldSendNoContentWhenTheTextWasBlocked() throws Exception {
    provider.simulator.script(MODEL, Fault.CONTENT_FILTER);

    JsonNode candidate = Wire.candidate(answer(MODEL, Wire.asking(Dialect.GEMINI, MODEL, "Hello")));

    assertThat(candidate.has("content")).isFalse();
    assertThat(candidate.path("safetyRatings").path(0).path("blocked").asBoolean()).isTrue();
  }

  @Test
  void shouldTakeASchemaWithTypesInUpperCase() throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");
    request
      .putObject("generationConfig")
      .put("responseMimeType", "application/json")
      .putObject("responseSchema")
      .put("type", "OBJECT")
      .putObject("properties")
      .putObject("score")
      .put("type", "INTEGER");

    String text = Wire.text(Dialect.GEMINI, answer(MODEL, request));

    assertThat(JSON.readTree(text).path("score").isIntegralNumber()).isTrue();
  }

  @Test
  void shouldReadTheSystemInstructionFirst() throws Exception {
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");
    request.putObject("systemInstruction").putArray("parts").addObject().put("text", "Be brief.");

    answer(MODEL, request);

    assertThat(provider.lastEntry().promptHash()).isEqualTo(Draws.sha256Hex("Be brief.\n\nHello"));
  }

  @Test
  void shouldTellTheDelayOfARateLimitInTheBodyToo() throws Exception {
    provider.simulator.script(MODEL, Behaviour.status(429, "7"), Behaviour.status(429, "soon"));
    ObjectNode request = Wire.plain(Dialect.GEMINI, MODEL, "Hello");

    JsonNode first = JSON.readTree(provider.post(Dialect.GEMINI, MODEL, request).body());
    JsonNode second = JSON.readTree(provider.post(Dialect.GEMINI, MODEL, request).body());

    JsonNode detail = first.path("error").path("details").path(0);
    assertThat(first.path("error").path("code").asInt()).isEqualTo(429);
    assertThat(detail.path("@type").asString()).endsWith("google.rpc.RetryInfo");
    assertThat(detail.path("retryDelay").asString()).isEqualTo("7s");
    assertThat(second.path("error").has("details")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = ';',
    value = {
      "gemini-2.5-pro;       {'maxOutputTokens':0}; positive",
      "gemini-2.5-pro;       {'thinkingConfig':{'thinkingBudget':0}}; Budget 0",
      "gemini-2.5-flash;     {'thinkingConfig':{'thinkingLevel':'low'}}; level is not supported",
      "gemini-3-pro-preview; {'thinkingConfig':{'thinkingLevel':'low','thinkingBudget':9}}; one of",
      "gemini-2.5-flash;     {'responseMimeType':'application/json'}; Tool use",
      "gemini-2.5-flash;     {'responseSchema':{}}; mime type",
    }
  )
  void shouldRefuseAConfigurationThatTheModelDoesNotTake(
    String model,
    String config,
    String message
  ) throws Exception {
    ObjectNode request = Wire.asking(Dialect.GEMINI, model, "Hello");
    request.set("generationConfig", JSON.readTree(config.replace('\'', '"')));

    assertRefused(provider.post(Dialect.GEMINI, model, request), message);
  }

  @Test
  void shouldTakeJsonTogetherWithSearchFromGeneration3On() throws Exception {
    ObjectNode request = Wire.asking(Dialect.GEMINI, MODEL, "Hello");
    request.putObject("generationConfig").put("responseMimeType", "application/json");

    JsonNode body = answer("gemini-3-pro-preview", request);

    assertThat(JSON.readTree(Wire.text(Dialect.GEMINI, body)).isObject()).isTrue();
    assertThat(Wire.candidate(body).path("groundingMetadata").has("webSearchQueries")).isTrue();
    assertThat(Wire.candidate(body).path("groundingMetadata").has("groundingChunks")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = ';',
    value = {
      "[]; contents is not specified",
      "[{'parts':[]}]; contents is not specified",
      "[{'role':'system','parts':[{'text':'x'}]}]; valid role",
    }
  )
  void shouldRefuseContentsItCannotRead(String contents, String message) throws Exception {
    ObjectNode request = JSON.createObjectNode();
    request.set("contents", JSON.readTree(contents.replace('\'', '"')));

    assertRefused(provider.post(Dialect.GEMINI, MODEL, request), message);
  }

  private void assertRefused(HttpResponse<String> answer, String message) {
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error.path("status").asString()).isEqualTo("INVALID_ARGUMENT");
    assertThat(error.path("message").asString()).contains(message);
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.BAD_REQUEST);
  }

  private JsonNode answer(String model, JsonNode request) throws Exception {
    HttpResponse<String> answer = provider.post(Dialect.GEMINI, model, request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String piece(JsonNode candidate, JsonNode segment) {
    List<String> texts = candidate
      .path("content")
      .path("parts")
      .valueStream()
      .filter(part -> !part.has("thought"))
      .map(part -> part.path("text").asString())
      .toList();
    byte[] part = texts.get(segment.path("partIndex").asInt(0)).getBytes(StandardCharsets.UTF_8);
    byte[] piece = Arrays.copyOfRange(
      part,
      segment.path("startIndex").asInt(0),
      segment.path("endIndex").asInt()
    );
    return new String(piece, StandardCharsets.UTF_8);
  }
}
