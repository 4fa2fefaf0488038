package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenRouterShapeTest {

  private static final String MODEL = "openai/gpt-5.1";

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void shouldAnswerChatCompletionsWithTheProviderBehind() throws Exception {
    JsonNode body = answer(MODEL, Wire.asking(Dialect.OPENROUTER, MODEL, "# Order 14265"));

    JsonNode choice = body.path("choices").path(0);
    assertThat(body.path("id").asString()).startsWith("gen-");
    assertThat(body.path("object").asString()).isEqualTo("chat.completion");
    assertThat(body.path("provider").asString()).isNotBlank();
    assertThat(choice.path("native_finish_reason").asString()).isEqualTo("stop");
    assertThat(choice.path("message").path("reasoning").asString()).isNotBlank();
    assertThat(
      choice.path("message").path("reasoning_details").path(0).path("type").asString()
    ).isEqualTo("reasoning.text");
  }

  @Test
  void shouldTellTheCostWhenAsked() throws Exception {
    JsonNode usage = answer(MODEL, withCost(MODEL)).path("usage");

    double expected =
      (usage.path("prompt_tokens").asInt() * 1.25 +
        usage.path("completion_tokens").asInt() * 10.0) /
      1_000_000;
    assertThat(expected).isPositive();
    assertThat(usage.path("cost").asDouble()).isCloseTo(expected, within(1e-9));
    assertThat(usage.path("cost_details").has("upstream_inference_cost")).isTrue();
  }

  @Test
  void shouldNotTellTheCostUnasked() throws Exception {
    JsonNode usage = answer(MODEL, Wire.plain(Dialect.OPENROUTER, MODEL, "Hello")).path("usage");

    assertThat(usage.has("cost")).isFalse();
    assertThat(usage.path("completion_tokens").asInt()).isPositive();
  }

  @Test
  void shouldChargeNothingForAFreeModel() throws Exception {
    String free = "openai/gpt-oss-20b:free";

    JsonNode usage = answer(free, withCost(free)).path("usage");

    assertThat(usage.path("cost").asDouble(-1)).isZero();
    assertThat(provider.lastEntry().model()).isEqualTo(free);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "{\"model\":\"m:online\"}",
      "{\"model\":\"m\",\"plugins\":[{\"id\":\"web\"}]}",
      "{\"model\":\"m\",\"tools\":[{\"type\":\"openrouter:web_search\"}]}",
      "{\"model\":\"m\",\"web_search_options\":{}}",
    }
  )
  void shouldSearchHoweverItIsAsked(String asked) throws Exception {
    ObjectNode request = Wire.plain(Dialect.OPENROUTER, "m", "Hello");
    request.setAll((ObjectNode) JSON.readTree(asked));

    assertThat(Wire.searched(Dialect.OPENROUTER, answer("m", request))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = { "{\"effort\":\"none\"}", "{\"enabled\":false}" })
  void shouldNotReasonWhenItIsSwitchedOff(String reasoning) throws Exception {
    ObjectNode request = Wire.plain(Dialect.OPENROUTER, "m", "Hello");
    request.set("reasoning", JSON.readTree(reasoning));

    assertThat(Wire.reasoned(Dialect.OPENROUTER, answer("m", request))).isFalse();
  }

  @Test
  void shouldNameTheProviderBehindAnError() throws Exception {
    provider.simulator.script(MODEL, Fault.RATE_LIMIT);

    JsonNode error = JSON.readTree(
      provider.post(Dialect.OPENROUTER, MODEL, withCost(MODEL)).body()
    ).path("error");

    assertThat(error.path("code").isIntegralNumber()).isTrue();
    assertThat(error.path("metadata").path("provider_name").asString()).isNotBlank();
  }

  private JsonNode answer(String model, JsonNode request) throws Exception {
    HttpResponse<String> answer = provider.post(Dialect.OPENROUTER, model, request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static ObjectNode withCost(String model) {
    ObjectNode request = Wire.plain(Dialect.OPENROUTER, model, "Hello");
    request.putObject("usage").put("include", true);
    return request;
  }
}
