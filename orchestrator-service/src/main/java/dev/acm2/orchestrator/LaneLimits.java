package dev.acm2.orchestrator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is configured for a lane, over all runs and workers.
///
/// @param concurrency calls that may be under way at once
/// @param requestsPerMinute requests in any minute, null for no such limit
/// @param adaptive whether a rate limit of the provider lowers the concurrency for a while
record LaneLimits(
  int concurrency,
  @Nullable Integer requestsPerMinute,
  @DefaultValue("true") boolean adaptive
) {
  /// Of a lane that is not configured: nothing leaves it.
  static final LaneLimits CLOSED = new LaneLimits(0, null, false);

  /// @throws IllegalArgumentException when a lane with these limits could never release anything
  void check(String lane) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("lane " + lane + " needs a concurrency of 1 or more");
    }
    if (requestsPerMinute != null && requestsPerMinute < 1) {
      throw new IllegalArgumentException(
        "lane " + lane + " needs requests-per-minute of 1 or more, or none at all"
      );
    }
  }
}
