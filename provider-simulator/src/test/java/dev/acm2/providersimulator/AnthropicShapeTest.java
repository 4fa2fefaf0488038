package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AnthropicShapeTest {

  private static final String MODEL = "claude-sonnet-4-5";

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void shouldSendThinkingSearchesAndCitedText() throws Exception {
    HttpResponse<String> answer = provider.post(Dialect.ANTHROPIC, MODEL, asking());

    JsonNode body = JSON.readTree(answer.body());
    List<JsonNode> content = body.path("content").valueStream().toList();
    assertThat(answer.headers().firstValue("request-id")).isPresent();
    assertThat(body.path("type").asString()).isEqualTo("message");
    assertThat(body.path("role").asString()).isEqualTo("assistant");
    assertThat(body.path("model").asString()).isEqualTo(MODEL);
    assertThat(body.path("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(body.path("stop_sequence").isNull()).isTrue();
    assertThat(
      content
        .stream()
        .map(block -> block.path("type").asString())
        .distinct()
    ).containsExactly("thinking", "server_tool_use", "web_search_tool_result", "text");
    assertThat(content.getFirst().path("signature").asString()).isNotBlank();
    assertThat(Wire.text(Dialect.ANTHROPIC, body)).doesNotContain("https://source-");
  }

  @Test
  void shouldAnswerEachSearchAndCiteWhatWasFound() throws Exception {
    JsonNode content = answer(asking()).path("content");

    List<JsonNode> results = ofType(content, "web_search_tool_result");
    List<String> found = content
      .findValues("content")
      .stream()
      .flatMap(JsonNode::valueStream)
      .map(result -> result.path("url").asString())
      .toList();
    List<JsonNode> citations = content
      .findValues("citations")
      .stream()
      .flatMap(JsonNode::valueStream)
      .toList();
    assertThat(
      ofType(content, "server_tool_use")
        .stream()
        .map(use -> use.path("id"))
    )
      .isNotEmpty()
      .containsExactlyElementsOf(
        results
          .stream()
          .map(result -> result.path("tool_use_id"))
          .toList()
      );
    assertThat(citations)
      .isNotEmpty()
      .allMatch(each -> each.path("type").asString().equals("web_search_result_location"))
      .allMatch(each -> found.contains(each.path("url").asString()))
      .allMatch(each -> !each.path("cited_text").asString().isBlank());
  }

  @Test
  void shouldSearchNoMoreThanAllowed() throws Exception {
    for (int i = 0; i < 5; i++) {
      ObjectNode request = Wire.plain(Dialect.ANTHROPIC, MODEL, "Hello " + i);
      request
        .putArray("tools")
        .addObject()
        .put("type", "web_search_20250305")
        .put("name", "web_search")
        .put("max_uses", 1);

      JsonNode usage = answer(request).path("usage");

      assertThat(usage.path("server_tool_use").path("web_search_requests").asInt()).isEqualTo(1);
    }
  }

  @Test
  void shouldCountThinkingAsOutputAndSearchesApart() throws Exception {
    JsonNode body = answer(asking());

    JsonNode usage = body.path("usage");
    int text = Draft.tokens(Wire.text(Dialect.ANTHROPIC, body));
    assertThat(usage.path("output_tokens").asInt()).isGreaterThan(text);
    assertThat(usage.path("input_tokens").asInt()).isGreaterThan(4);
    assertThat(usage.path("server_tool_use").path("web_search_requests").asInt()).isEqualTo(
      ofType(body.path("content"), "server_tool_use").size()
    );
    assertThat(usage.path("service_tier").asString()).isEqualTo("standard");
  }

  @Test
  void shouldCountCachedInputApartFromTheRest() throws Exception {
    ObjectNode request = Wire.plain(Dialect.ANTHROPIC, MODEL, "Hello");
    ObjectNode system = request.putArray("system").addObject();
    system.put("type", "text").put("text", "word ".repeat(2000));

    JsonNode unmarked = answer(request).path("usage");
    system.putObject("cache_control").put("type", "ephemeral");
    JsonNode first = answer(Wire.plain(Dialect.ANTHROPIC, MODEL, "Other").set("system", cached()));
    JsonNode read = answer(request).path("usage");

    JsonNode written = first.path("usage");
    assertThat(inputs(unmarked)).containsExactly(2502, 0, 0);
    assertThat(inputs(written)).containsExactly(0, 2502, 0);
    assertThat(written.path("cache_creation").path("ephemeral_5m_input_tokens").asInt()).isEqualTo(
      2502
    );
    assertThat(inputs(read)).containsExactly(70, 0, 2432);
  }

  @Test
  void shouldThinkAdaptively() throws Exception {
    ObjectNode request = Wire.plain(Dialect.ANTHROPIC, MODEL, "Hello");
    request.putObject("thinking").put("type", "adaptive");

    assertThat(Wire.reasoned(Dialect.ANTHROPIC, answer(request))).isTrue();
  }

  @Test
  void shouldSayWhenTheTokenLimitCutTheText() throws Exception {
    JsonNode body = answer(Wire.plain(Dialect.ANTHROPIC, MODEL, "Hello").put("max_tokens", 20));

    assertThat(body.path("stop_reason").asString()).isEqualTo("max_tokens");
    assertThat(body.path("usage").path("output_tokens").asInt()).isEqualTo(20);
  }

  @Test
  void shouldTakeTheOlderNameOfTheOutputFormat() throws Exception {
    ObjectNode request = Wire.plain(Dialect.ANTHROPIC, MODEL, "Hello");
    ObjectNode format = request.putObject("output_format").put("type", "json_schema");
    format.putObject("schema").put("type", "object");

    String text = Wire.text(Dialect.ANTHROPIC, answer(request));

    assertThat(JSON.readTree(text).has("answer")).isTrue();
  }

  @Test
  void shouldNameTheRequestInItsErrors() throws Exception {
    provider.simulator.script(MODEL, Fault.OVERLOADED);

    HttpResponse<String> answer = provider.post(Dialect.ANTHROPIC, MODEL, asking());

    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("type").asString()).isEqualTo("error");
    assertThat(answer.headers().firstValue("request-id")).hasValue(
      body.path("request_id").asString()
    );
  }

  @Test
  void shouldRefuseARequestWithoutVersion() throws Exception {
    HttpResponse<String> answer = provider.post(
      Dialect.ANTHROPIC.path,
      asking().toString(),
      Map.of("x-api-key", KEY)
    );

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("anthropic-version");
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = ';',
    value = {
      "{'max_tokens':9,M}; model",
      "{'model':'m',M}; max_tokens",
      "{'model':'m','max_tokens':0,M}; max_tokens",
      "{'model':'m','max_tokens':9}; messages",
      "{'model':'m','max_tokens':9,'messages':[{'role':'system','content':'x'}]}; role",
      "{'model':'m','max_tokens':9,'stream':true,M}; stream",
      "{A,'thinking':{'type':'enabled','budget_tokens':1000},M}; 1024",
      "{A,'thinking':{'type':'enabled','budget_tokens':2000},M}; greater",
      "{A,'temperature':0,'thinking':{'type':'adaptive'},M}; temperature",
    }
  )
  void shouldRefuseWhatTheApiDoesNotTake(String request, String message) throws Exception {
    String body = request
      .replace("A,", "'model':'m','max_tokens':2000,")
      .replace("M}", "'messages':[{'role':'user','content':'x'}]}")
      .replace('\'', '"');

    HttpResponse<String> answer = provider.post(Dialect.ANTHROPIC, MODEL, JSON.readTree(body));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.error(Dialect.ANTHROPIC, JSON.readTree(answer.body()))).isEqualTo(
      "invalid_request_error"
    );
    assertThat(message(answer)).contains(message);
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.BAD_REQUEST);
  }

  private JsonNode answer(JsonNode request) throws Exception {
    HttpResponse<String> answer = provider.post(Dialect.ANTHROPIC, MODEL, request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static ObjectNode asking() {
    return Wire.asking(Dialect.ANTHROPIC, MODEL, "# Order 14265");
  }

  private static JsonNode cached() {
    return JSON.readTree(
      "[{\"type\":\"text\",\"text\":\"%s\",\"cache_control\":{\"type\":\"ephemeral\"}}]".formatted(
        "word ".repeat(2000)
      )
    );
  }

  private static List<JsonNode> ofType(JsonNode content, String type) {
    return content
      .valueStream()
      .filter(block -> block.path("type").asString().equals(type))
      .toList();
  }

  private static List<Integer> inputs(JsonNode usage) {
    return List.of(
      usage.path("input_tokens").asInt(),
      usage.path("cache_creation_input_tokens").asInt(),
      usage.path("cache_read_input_tokens").asInt()
    );
  }

  private static String message(HttpResponse<String> answer) {
    return JSON.readTree(answer.body()).path("error").path("message").asString();
  }
}
