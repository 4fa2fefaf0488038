package dev.acm2.orchestrator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What holds a lane back beside its configured concurrency: the requests of the last minute, and what
/// the provider said.
///
/// @param blockedUntil nothing is released before, null for no block
record Throttle(RequestWindow requests, @Nullable Instant blockedUntil, AdaptiveLimit adaptive) {
  static final Throttle OPEN = new Throttle(RequestWindow.EMPTY, null, AdaptiveLimit.FULL);

  /// No provider stops a lane for longer, whatever it says.
  static final Duration LONGEST_BLOCK = Duration.ofMinutes(10);

  /// How many calls may be under way at once.
  int concurrency(LaneLimits limits) {
    return limits.adaptive() ? adaptive.of(limits.concurrency()) : limits.concurrency();
  }

  /// When the next request may go: null for now, else no earlier than the answer.
  @Nullable
  Instant opensAt(LaneLimits limits, Instant now) {
    if (blockedUntil != null && blockedUntil.isAfter(now)) {
      return blockedUntil;
    }
    Integer perMinute = limits.requestsPerMinute();
    return perMinute == null ? null : requests.opensAt(perMinute, now);
  }

  /// @param at when the request goes
  Throttle requested(LaneLimits limits, Instant at, Instant now) {
    if (limits.requestsPerMinute() == null) {
      return new Throttle(RequestWindow.EMPTY, blockedUntil, adaptive);
    }
    return new Throttle(requests.with(clamped(at, now), now), blockedUntil, adaptive);
  }

  /// The provider wants no request before a time. Of several such times the latest counts.
  Throttle blocked(LaneLimits limits, Instant until, Instant now) {
    Instant asked = clamped(until, now);
    boolean later = blockedUntil == null || asked.isAfter(blockedUntil);
    return new Throttle(
      requests,
      later ? asked : blockedUntil,
      limits.adaptive() ? adaptive.limited(limits.concurrency(), now) : adaptive
    );
  }

  Throttle succeeded(LaneLimits limits) {
    return limits.adaptive()
      ? new Throttle(requests, blockedUntil, adaptive.succeeded(limits.concurrency()))
      : this;
  }

  private static Instant clamped(Instant time, Instant now) {
    Instant latest = now.plus(LONGEST_BLOCK);
    return time.isAfter(latest) ? latest : time;
  }
}
