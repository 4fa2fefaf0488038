package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What holds a lane back beside its concurrency: the requests and tokens of the last minute, and what
/// the provider said. Requests and tokens are counted without a limit too: one may be set at any time.
///
/// @param blockedUntil nothing is released before, null for no block
/// @param tokens null for none
record Throttle(
  MinuteWindow requests,
  @Nullable Instant blockedUntil,
  AdaptiveLimit adaptive,
  @Nullable TokenWindow tokens
) {
  static final Throttle OPEN = new Throttle(MinuteWindow.EMPTY, null, AdaptiveLimit.FULL, null);

  /// No provider stops a lane for longer, whatever it says.
  static final Duration LONGEST_BLOCK = Duration.ofMinutes(10);

  /// How many calls may be under way at once.
  int concurrency(LaneLimits limits) {
    return limits.adaptive() ? adaptive.of(limits.concurrency()) : limits.concurrency();
  }

  TokenWindow tokenWindow() {
    return tokens == null ? TokenWindow.EMPTY : tokens;
  }

  /// @param wanted tokens that the next call will hold
  Gate gate(LaneLimits limits, long wanted, Instant now) {
    boolean blocked = blockedUntil != null && blockedUntil.isAfter(now);
    return Gate.opensAt(blocked ? blockedUntil : null)
      .and(requestGate(limits.requestsPerMinute(), now))
      .and(tokenGate(limits.tokensPerMinute(), wanted, now));
  }

  private Gate requestGate(@Nullable Integer perMinute, Instant now) {
    return perMinute == null ? Gate.OPEN : Gate.opensAt(requests.opensAt(perMinute - 1L, now));
  }

  private Gate tokenGate(@Nullable Integer perMinute, long wanted, Instant now) {
    return perMinute == null ? Gate.OPEN : tokenWindow().gate(perMinute, wanted, now);
  }

  /// @param at when the request goes
  Throttle requested(Instant at, Instant now) {
    return new Throttle(requests.with(clamped(at, now), 1, now), blockedUntil, adaptive, tokens);
  }

  Throttle with(TokenWindow changed) {
    return new Throttle(requests, blockedUntil, adaptive, changed);
  }

  /// The provider wants no request before a time. Of several such times the latest counts.
  Throttle blocked(LaneLimits limits, Instant until, Instant now) {
    Instant asked = clamped(until, now);
    boolean later = blockedUntil == null || asked.isAfter(blockedUntil);
    return new Throttle(
      requests,
      later ? asked : blockedUntil,
      limits.adaptive() ? adaptive.limited(limits.concurrency(), now) : adaptive,
      tokens
    );
  }

  Throttle succeeded(LaneLimits limits) {
    return limits.adaptive()
      ? new Throttle(requests, blockedUntil, adaptive.succeeded(limits.concurrency()), tokens)
      : this;
  }

  /// What was learned under other limits says nothing about these.
  Throttle unlearned() {
    return new Throttle(requests, blockedUntil, AdaptiveLimit.FULL, tokens);
  }

  private static Instant clamped(Instant time, Instant now) {
    Instant latest = now.plus(LONGEST_BLOCK);
    return time.isAfter(latest) ? latest : time;
  }
}
