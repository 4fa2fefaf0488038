package dev.acm2.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a lane stands. Absolute: the newest one of a lane says all.
///
/// @param lane a provider, or `provider:model`
/// @param overridden whether the limits were set while running, in place of the configured ones
/// @param concurrencyNow the concurrency after adaptation, at most that of the limits
/// @param inFlight released calls that have not ended
/// @param waiting calls that wait for their release
/// @param runs runs with calls in the lane
/// @param blockedUntil until then the provider asked everyone to wait; null for no block
/// @param requestsInWindow requests of the last minute
/// @param tokensInWindow tokens of the last minute, as far as they are known or held
/// @param at when this was so
public record LaneView(
  String lane,
  LaneLimits limits,
  boolean overridden,
  int concurrencyNow,
  int inFlight,
  long waiting,
  int runs,
  @Nullable Instant blockedUntil,
  int requestsInWindow,
  long tokensInWindow,
  Instant at
) {}
