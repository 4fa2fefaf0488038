package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.KEY;
import static dev.acm2.providersimulator.SimulatedProvider.MODEL;
import static dev.acm2.providersimulator.SimulatedProvider.chat;
import static dev.acm2.providersimulator.SimulatedProvider.responses;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class WireShapeTest {

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void shouldAnswerResponsesWithReasoningSearchAndCitations() throws Exception {
    ObjectNode request = responses(MODEL, "# Order 14265").put("max_output_tokens", 8000);
    request.putArray("tools").addObject().put("type", "web_search");
    request.putObject("reasoning").put("effort", "high");

    HttpResponse<String> answer = provider.post(request);

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    assertThat(body.path("object").asString()).isEqualTo("response");
    assertThat(body.path("status").asString()).isEqualTo("completed");
    assertThat(body.path("incomplete_details").isNull()).isTrue();
    assertThat(body.path("model").asString()).isEqualTo(MODEL);
    assertThat(types(body)).startsWith("reasoning", "web_search_call").endsWith("message");
    JsonNode part = message(body).path("content").path(0);
    assertThat(part.path("type").asString()).isEqualTo("output_text");
    assertThat(part.path("text").asString()).startsWith("# Order 14265");
    assertThat(part.path("annotations").path(0).path("type").asString()).isEqualTo("url_citation");
  }

  @Test
  void shouldCountTheUsageOfResponses() throws Exception {
    ObjectNode request = responses(MODEL, "# Order 14265");
    request.putObject("reasoning").put("effort", "high");

    JsonNode usage = JSON.readTree(provider.post(request).body()).path("usage");

    int reasoning = usage.path("output_tokens_details").path("reasoning_tokens").asInt();
    assertThat(reasoning).isPositive();
    assertThat(usage.path("output_tokens").asInt()).isGreaterThan(reasoning);
    assertThat(usage.path("input_tokens").asInt()).isEqualTo(4);
    assertThat(usage.path("input_tokens_details").path("cached_tokens").asInt()).isZero();
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(
      4 + usage.path("output_tokens").asInt()
    );
  }

  @Test
  void shouldAnswerWithoutToolsByAMessageAlone() throws Exception {
    JsonNode body = JSON.readTree(provider.post(responses("no-such-model", "Hello")).body());

    assertThat(types(body)).containsExactly("message");
    assertThat(message(body).path("content").path(0).path("annotations")).isEmpty();
  }

  @Test
  void shouldAnswerChatCompletions() throws Exception {
    String request = JSON.writeValueAsString(chat("openrouter/free", "# Order 14265"));

    JsonNode body = JSON.readTree(
      provider.post(Dialect.CHAT_COMPLETIONS.path, request, KEY, null).body()
    );

    JsonNode choice = body.path("choices").path(0);
    assertThat(body.path("object").asString()).isEqualTo("chat.completion");
    assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
    assertThat(choice.path("message").path("content").asString()).startsWith("# Order 14265");
    assertThat(body.path("usage").path("total_tokens").asInt()).isEqualTo(
      body.path("usage").path("prompt_tokens").asInt() +
        body.path("usage").path("completion_tokens").asInt()
    );
  }

  @Test
  void shouldSayWhenTheTokenLimitCutTheText() throws Exception {
    ObjectNode limited = chat(MODEL, "Hello").put("max_completion_tokens", 10);

    JsonNode responses = JSON.readTree(
      provider.post(responses(MODEL, "Hello").put("max_output_tokens", 10)).body()
    );
    JsonNode chat = JSON.readTree(
      provider
        .post(Dialect.CHAT_COMPLETIONS.path, JSON.writeValueAsString(limited), KEY, null)
        .body()
    );

    assertThat(responses.path("status").asString()).isEqualTo("incomplete");
    assertThat(responses.path("incomplete_details").path("reason").asString()).isEqualTo(
      "max_output_tokens"
    );
    assertThat(chat.path("choices").path(0).path("finish_reason").asString()).isEqualTo("length");
  }

  @Test
  void shouldRefuseAnUnknownPath() throws Exception {
    HttpResponse<String> answer = provider.post("/v1/completions", "{}", KEY, null);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer).path("message").asString()).isEqualTo(
      "Invalid URL (POST /v1/completions)"
    );
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.NOT_FOUND);
  }

  @Test
  void shouldRefuseARequestWithoutKey() throws Exception {
    HttpResponse<String> answer = provider.post(Dialect.RESPONSES.path, "{}", null, null);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(error(answer).path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "{",
      "[]",
      "{}",
      "{\"model\":\"m\"}",
      "{\"input\":\"x\"}",
      "{\"model\":\"m\",\"input\":\"x\",\"stream\":true}",
      "{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":0}",
    }
  )
  void shouldRefuseABadBody(String body) throws Exception {
    HttpResponse<String> answer = provider.post(Dialect.RESPONSES.path, body, KEY, null);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer).path("message").asString()).isNotBlank();
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.BAD_REQUEST);
  }

  private static JsonNode error(HttpResponse<String> answer) {
    return JSON.readTree(answer.body()).path("error");
  }

  private static List<String> types(JsonNode body) {
    return body
      .path("output")
      .valueStream()
      .map(item -> item.path("type").asString())
      .toList();
  }

  private static JsonNode message(JsonNode body) {
    return body.path("output").path(body.path("output").size() - 1);
  }
}
