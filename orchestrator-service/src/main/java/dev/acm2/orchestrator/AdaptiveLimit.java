package dev.acm2.orchestrator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The concurrency that a provider was seen to bear: halved when it says that it is too much, one more
/// after as many successes as it allows at once.
///
/// @param limit calls at once; [#UNBOUND] when only the configuration limits them
/// @param successes since the limit changed
/// @param cutAt when it was halved last, null for never
record AdaptiveLimit(int limit, int successes, @Nullable Instant cutAt) {
  static final int UNBOUND = Integer.MAX_VALUE;

  static final AdaptiveLimit FULL = new AdaptiveLimit(UNBOUND, 0, null);

  /// The calls that were under way at a cut are told the same; they are one message.
  static final Duration CUT_INTERVAL = Duration.ofSeconds(5);

  /// @return 1 to `configured`, or 0 when that is 0
  int of(int configured) {
    return Math.min(limit, configured);
  }

  AdaptiveLimit limited(int configured, Instant now) {
    if (cutAt != null && now.isBefore(cutAt.plus(CUT_INTERVAL))) {
      return this;
    }
    return new AdaptiveLimit(Math.max(1, of(configured) / 2), 0, now);
  }

  AdaptiveLimit succeeded(int configured) {
    int current = of(configured);
    if (current == configured) {
      return new AdaptiveLimit(UNBOUND, 0, cutAt);
    }
    return successes + 1 < current
      ? new AdaptiveLimit(limit, successes + 1, cutAt)
      : new AdaptiveLimit(current + 1, 0, cutAt);
  }
}
