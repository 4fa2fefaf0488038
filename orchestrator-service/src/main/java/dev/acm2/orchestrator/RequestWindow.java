package dev.acm2.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The requests of a lane in and around the last minute, counted in slices of half a second: its size
/// does not grow with the limit.
///
/// Law: a slice counts until a minute after its end, and for the way from a release to the provider one
/// second longer. So no 60 s hold more releases than the limit, also as a provider counts them.
///
/// @param slices requests by the end of their slice, in ms since 1970
record RequestWindow(Map<Long, Integer> slices) {
  static final RequestWindow EMPTY = new RequestWindow(Map.of());

  static final Duration SLICE = Duration.ofMillis(500);

  /// How long a request counts after the end of its slice.
  static final Duration SPAN = Duration.ofSeconds(61);

  /// One more request, now or announced for later.
  ///
  /// @param at when it goes
  RequestWindow with(Instant at, Instant now) {
    Map<Long, Integer> kept = new TreeMap<>(slices);
    kept.keySet().removeIf(end -> end <= now.minus(SPAN).toEpochMilli());
    kept.merge(endOfSlice(at), 1, Integer::sum);
    return new RequestWindow(Map.copyOf(kept));
  }

  /// When a request may go: null for now, else no earlier than the answer.
  @Nullable
  Instant opensAt(int limit, Instant now) {
    long from = now.minus(SPAN).toEpochMilli();
    long to = now.plus(SPAN).toEpochMilli();
    TreeMap<Long, Integer> counted = new TreeMap<>(slices);
    counted.keySet().removeIf(end -> end <= from || end > to);
    int excess = counted.values().stream().mapToInt(Integer::intValue).sum() - limit + 1;
    Instant opening = null;
    for (Map.Entry<Long, Integer> slice : counted.entrySet()) {
      if (excess <= 0) {
        return opening;
      }
      excess -= slice.getValue();
      opening = Instant.ofEpochMilli(slice.getKey()).plus(SPAN);
    }
    return opening;
  }

  private static long endOfSlice(Instant at) {
    long slice = SLICE.toMillis();
    return (Math.floorDiv(at.toEpochMilli(), slice) + 1) * slice;
  }
}
