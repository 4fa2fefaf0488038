package dev.acm2.providersimulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A draft as OpenRouter sends it: `POST /api/v1/chat/completions`, chat completions that name the
/// provider behind and, when asked with `"usage":{"include":true}`, what the call cost in USD.
final class OpenRouterAnswer {

  static final String PROVIDER = "Simulator";

  private static final BigDecimal INPUT_USD_PER_TOKEN = new BigDecimal("0.00000125");
  private static final BigDecimal OUTPUT_USD_PER_TOKEN = new BigDecimal("0.00001");

  private OpenRouterAnswer() {}

  static ObjectNode of(
    ModelCall call,
    Draft draft,
    Instant created,
    SplittableRandom ids,
    JsonMapper json
  ) {
    ObjectNode completion = ChatAnswer.of(call, draft, created, ids, json);
    completion
      .put("id", "gen-" + created.getEpochSecond() + "-" + Draws.hex(ids, 20))
      .put("provider", PROVIDER);
    ObjectNode choice = (ObjectNode) completion.path("choices").path(0);
    choice.put("native_finish_reason", choice.path("finish_reason").asString(""));
    if (draft.reasoningTokens() > 0) {
      reasoning((ObjectNode) choice.path("message"));
    }
    if (call.request().path("usage").path("include").asBoolean(false)) {
      cost((ObjectNode) completion.path("usage"), call, draft);
    }
    return completion;
  }

  /// The price of a call: 1.25 USD a million input tokens and 10 USD a million output tokens,
  /// nothing for models whose name ends in `:free`.
  static BigDecimal usd(String model, Draft draft) {
    return model.endsWith(":free")
      ? BigDecimal.ZERO
      : INPUT_USD_PER_TOKEN.multiply(BigDecimal.valueOf(draft.inputTokens())).add(
          OUTPUT_USD_PER_TOKEN.multiply(BigDecimal.valueOf(draft.outputTokens()))
        );
  }

  private static void reasoning(ObjectNode message) {
    message
      .putArray("reasoning_details")
      .addObject()
      .put("type", "reasoning.text")
      .put("text", message.path("reasoning").asString(""))
      .put("format", "unknown")
      .put("index", 0);
  }

  private static void cost(ObjectNode usage, ModelCall call, Draft draft) {
    usage.put("cost", usd(call.model(), draft).doubleValue()).put("is_byok", false);
    usage.putObject("cost_details").putNull("upstream_inference_cost");
  }
}
