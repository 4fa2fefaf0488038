package dev.acm2.worker.provider;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.RunSpec.Demand;
import tools.jackson.databind.node.ObjectNode;

/// How a generation of Gemini is told how much to think. A request that holds the other
/// generation's setting is refused or does worse.
enum GeminiThinking {
  /// No setting: older models, and names that do not tell their generation.
  NONE,
  /// 2.5: a number of tokens, which are a part of the output limit.
  BUDGET,
  /// 3 and later: a level.
  LEVEL;

  private static final int USUAL_BUDGET = 8192;
  private static final int SMALLEST_BUDGET = 512;
  /// Pro cannot be kept from thinking; this is the least it takes.
  private static final int LEAST_OF_PRO = 128;

  static GeminiThinking of(String model) {
    return GeminiGeneration.of(model).map(GeminiThinking::of).orElse(NONE);
  }

  private static GeminiThinking of(GeminiGeneration generation) {
    if (generation.isThreeOrLater()) {
      return LEVEL;
    }
    return generation.equals(new GeminiGeneration(2, 5)) ? BUDGET : NONE;
  }

  void configure(String model, CallOptions options, ObjectNode config) {
    boolean think = options.reasoning() != Demand.OFF;
    switch (this) {
      case NONE -> {
      }
      case BUDGET -> {
        int budget = think ? budget(options) : least(model);
        config
          .putObject("thinkingConfig")
          .put("thinkingBudget", budget)
          .put("includeThoughts", think);
      }
      case LEVEL -> config
        .putObject("thinkingConfig")
        .put("thinkingLevel", think ? "high" : "low")
        .put("includeThoughts", think);
    }
  }

  /// At most half of the output, so that there is room for the answer itself.
  private static int budget(CallOptions options) {
    return Math.max(SMALLEST_BUDGET, Math.min(USUAL_BUDGET, options.maxOutputTokens() / 2));
  }

  private static int least(String model) {
    return model.contains("-pro") ? LEAST_OF_PRO : 0;
  }
}
