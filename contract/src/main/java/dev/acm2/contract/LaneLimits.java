package dev.acm2.contract;

import org.jspecify.annotations.Nullable;

/// What a lane may do, over all runs and workers.
///
/// @param concurrency calls that may be under way at once, 1 or more
/// @param requestsPerMinute requests in any minute, null for no such limit
/// @param tokensPerMinute tokens in any minute, input and output together, null for no such limit
/// @param adaptive whether a rate limit of the provider lowers the concurrency for a while
public record LaneLimits(
  int concurrency,
  @Nullable Integer requestsPerMinute,
  @Nullable Integer tokensPerMinute,
  boolean adaptive
) {
  /// Of a lane that is not configured: nothing leaves it.
  public static final LaneLimits CLOSED = new LaneLimits(0, null, null, false);
}
