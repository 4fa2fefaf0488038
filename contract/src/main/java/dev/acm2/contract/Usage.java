package dev.acm2.contract;

/// Tokens as the provider billed them.
///
/// @param inputTokens all input, cached or not
/// @param outputTokens all output, reasoning included
/// @param reasoningTokens the part of the output that was thought and not said
/// @param cachedTokens the part of the input that came from the provider's cache
public record Usage(long inputTokens, long outputTokens, long reasoningTokens, long cachedTokens) {
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  public Usage plus(Usage other) {
    return new Usage(
      inputTokens + other.inputTokens,
      outputTokens + other.outputTokens,
      reasoningTokens + other.reasoningTokens,
      cachedTokens + other.cachedTokens
    );
  }
}
