package dev.acm2.contract;

/// How the model is asked.
public record CallOptions(
  int maxOutputTokens,
  RunSpec.Demand grounding,
  RunSpec.Demand reasoning
) {}
