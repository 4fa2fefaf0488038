package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is configured for a lane; [LaneLimits] says what each value means.
record LaneSettings(
  int concurrency,
  @Nullable Integer requestsPerMinute,
  @Nullable Integer tokensPerMinute,
  @DefaultValue("true") boolean adaptive
) {
  LaneLimits limits() {
    return new LaneLimits(concurrency, requestsPerMinute, tokensPerMinute, adaptive);
  }

  /// @throws IllegalArgumentException when a lane with these limits could never release anything
  void check(String lane) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("lane " + lane + " needs a concurrency of 1 or more");
    }
    checkPerMinute(lane, "requests-per-minute", requestsPerMinute);
    checkPerMinute(lane, "tokens-per-minute", tokensPerMinute);
  }

  private static void checkPerMinute(String lane, String name, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(
        "lane " + lane + " needs " + name + " of 1 or more, or none at all"
      );
    }
  }
}
