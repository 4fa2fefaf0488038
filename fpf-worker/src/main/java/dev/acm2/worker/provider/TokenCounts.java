package dev.acm2.worker.provider;

import dev.acm2.contract.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the tokens that a provider billed.
final class TokenCounts {

  private TokenCounts() {}

  /// Null when the node is no usage. Parts are never larger than what they are a part of.
  static @Nullable Usage read(JsonNode usage, String input, String output) {
    if (!usage.path(input).isIntegralNumber() || !usage.path(output).isIntegralNumber()) {
      return null;
    }
    long in = count(usage.path(input));
    long out = count(usage.path(output));
    long cached = count(usage.path(input + "_details").path("cached_tokens"));
    long reasoning = count(usage.path(output + "_details").path("reasoning_tokens"));
    return new Usage(in, out, Math.min(reasoning, out), Math.min(cached, in));
  }

  private static long count(JsonNode node) {
    return Math.max(0, node.asLong(0));
  }
}
