package dev.acm2.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a lane used in and around the last minute, requests or tokens, counted in slices of half a
/// second: its size does not grow with what is counted.
///
/// Law: a slice counts until a minute after its end, and for the way from a release to the provider three
/// seconds longer. So no 60 s hold more than the limit, also as a provider counts them, as long as no
/// request takes three seconds longer on its way than another one.
///
/// @param slices amounts by the end of their slice, in ms since 1970
record MinuteWindow(Map<Long, Long> slices) {
  static final MinuteWindow EMPTY = new MinuteWindow(Map.of());

  static final Duration SLICE = Duration.ofMillis(500);

  /// How long an amount counts after the end of its slice.
  static final Duration SPAN = Duration.ofSeconds(63);

  /// That much more, now or announced for later.
  ///
  /// @param at when it is used
  MinuteWindow with(Instant at, long amount, Instant now) {
    Map<Long, Long> kept = new TreeMap<>(slices);
    kept.keySet().removeIf(end -> end <= now.minus(SPAN).toEpochMilli());
    if (amount > 0) {
      kept.merge(endOfSlice(at), amount, Long::sum);
    }
    return new MinuteWindow(Map.copyOf(kept));
  }

  /// What counts now; what is announced for later is not in it.
  long sum(Instant now) {
    return counted(now, now.plus(SLICE)).values().stream().mapToLong(Long::longValue).sum();
  }

  /// When no more than `most` counts, what is announced for the next minute included: null for now,
  /// else no earlier than the answer.
  @Nullable
  Instant opensAt(long most, Instant now) {
    TreeMap<Long, Long> counted = counted(now, now.plus(SPAN));
    long excess = counted.values().stream().mapToLong(Long::longValue).sum() - most;
    Instant opening = null;
    for (Map.Entry<Long, Long> slice : counted.entrySet()) {
      if (excess <= 0) {
        return opening;
      }
      excess -= slice.getValue();
      opening = Instant.ofEpochMilli(slice.getKey()).plus(SPAN);
    }
    return opening;
  }

  private TreeMap<Long, Long> counted(Instant now, Instant latest) {
    long from = now.minus(SPAN).toEpochMilli();
    long to = latest.toEpochMilli();
    TreeMap<Long, Long> counted = new TreeMap<>(slices);
    counted.keySet().removeIf(end -> end <= from || end > to);
    return counted;
  }

  private static long endOfSlice(Instant at) {
    long slice = SLICE.toMillis();
    return (Math.floorDiv(at.toEpochMilli(), slice) + 1) * slice;
  }
}
