package dev.acm2.providersimulator;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Lognormal latency with the medians measured on real calls, divided by `speed`.
/// A `fixed` latency replaces the draw and is not divided.
record LatencyModel(double speed, double sigma, @Nullable Duration fixed) {
  private static final double OTHER_MEDIAN_SECONDS = 30;

  private static final Map<String, Double> MEDIAN_SECONDS = Map.of(
    "gemini-2.5-flash",
    19.0,
    "gemini-2.5-pro",
    30.0,
    "gemini-3-pro-preview",
    76.0,
    "gpt-5-mini",
    144.0,
    "gpt-5",
    171.0,
    "gpt-5.1",
    215.0
  );

  Duration draw(String model, SplittableRandom random) {
    if (fixed != null) {
      return fixed;
    }
    double seconds = (medianSeconds(model) * Math.exp(sigma * Draws.gaussian(random))) / speed;
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /// Takes `gpt-5`, `openai/gpt-5:online` and the dated `gpt-5-2025-08-07` for the same model.
  static double medianSeconds(String model) {
    String family = model
      .substring(model.lastIndexOf('/') + 1)
      .replaceFirst(":.*$", "")
      .replaceFirst("-\\d{4}-\\d{2}-\\d{2}$", "");
    return MEDIAN_SECONDS.getOrDefault(family, OTHER_MEDIAN_SECONDS);
  }
}
