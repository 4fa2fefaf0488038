package dev.acm2.gateway;

import dev.acm2.contract.LaneLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How long a plan would take, by how long past calls took. Pure.
///
/// A call of a model takes the time that 1 of 10 past calls of the model took at most (min), that half of
/// them took at most (likely), or twice what 9 of 10 took at most (max: each call is sent a second time);
/// never more than the deadline of a call. With `n` calls in a lane of `d` seconds each on average, at
/// most `c` at once, the smaller one of the lane's and the run's concurrency, and `r` requests a minute:
///
/// ```text
/// lane  = max(ceil(n / c) * d, (n * attempts - 1) / r minutes + d)
/// phase = max(lanes, ceil(all n / run's concurrency) * d of all)
/// run   = sum of the phases
/// ```
///
/// Not looked at: other runs in the same lanes, limits by tokens, lanes that adapt, and that documents are
/// judged while others are still written. Whole seconds, rounded up.
///
/// @param known one for each part of the plan
record EstimatedTime(Plan plan, List<Experience> known) {
  /// @param share of the past calls that took at most so long
  /// @param attempts requests of each call
  enum Bound {
    MIN(0.1, 1),
    LIKELY(0.5, 1),
    MAX(0.9, 2);

    private final double share;
    private final int attempts;

    Bound(double share, int attempts) {
      this.share = share;
      this.attempts = attempts;
    }
  }

  /// Null when a model has no past calls or a lane lets nothing through.
  @Nullable
  Duration of(Bound bound) {
    boolean unknown = known.stream().anyMatch(each -> each.times().isEmpty());
    boolean closed = plan
      .calls()
      .stream()
      .anyMatch(part -> limits(part.lane()).concurrency() < 1);
    if (unknown || closed) {
      return null;
    }
    double seconds = known
      .stream()
      .collect(Collectors.groupingBy(each -> each.part().phase()))
      .values()
      .stream()
      .mapToDouble(phase -> phase(phase, bound))
      .sum();
    return Duration.ofSeconds((long) Math.ceil(seconds));
  }

  private double phase(List<Experience> phase, Bound bound) {
    double together = waves(phase, plan.limits().concurrency(), bound);
    return phase
      .stream()
      .collect(Collectors.groupingBy(each -> each.part().lane()))
      .entrySet()
      .stream()
      .mapToDouble(lane -> lane(lane.getValue(), limits(lane.getKey()), bound))
      .reduce(together, Math::max);
  }

  private double lane(List<Experience> lane, LaneLimits limits, Bound bound) {
    int concurrency = Math.min(limits.concurrency(), plan.limits().concurrency());
    double byConcurrency = waves(lane, concurrency, bound);
    Integer perMinute = limits.requestsPerMinute();
    if (perMinute == null) {
      return byConcurrency;
    }
    double lastSentAt = ((calls(lane) * (double) bound.attempts - 1) * 60) / perMinute;
    return Math.max(byConcurrency, lastSentAt + mean(lane, bound));
  }

  private double waves(List<Experience> calls, int concurrency, Bound bound) {
    return Math.ceil(calls(calls) / (double) concurrency) * mean(calls, bound);
  }

  private double mean(List<Experience> calls, Bound bound) {
    double all = calls
      .stream()
      .mapToDouble(each -> each.part().calls() * seconds(each, bound))
      .sum();
    return all / Math.max(1, calls(calls));
  }

  private double seconds(Experience of, Bound bound) {
    Duration one = Objects.requireNonNull(of.time(bound.share)).multipliedBy(bound.attempts);
    Duration most = plan.limits().callDeadline();
    return (one.compareTo(most) > 0 ? most : one).toMillis() / 1000.0;
  }

  private static long calls(List<Experience> calls) {
    return calls
      .stream()
      .mapToLong(each -> each.part().calls())
      .sum();
  }

  private LaneLimits limits(String lane) {
    return plan.lanes().getOrDefault(lane, LaneLimits.CLOSED);
  }
}
