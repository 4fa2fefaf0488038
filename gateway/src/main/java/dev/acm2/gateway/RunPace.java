package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.time.Instant;
import java.util.List;

/// How a run went over its time: how many of its calls ended in each of 24 equal stretches of it, the earliest
/// first. What ended at the very end belongs to the last stretch, and what clocks that disagree put outside of
/// the time to the nearest one, so that the sums are those of the run's calls.
///
/// @param from when the first call was started; while none has been, when the run was requested
/// @param to when the run finished; while it goes on, when the question was asked. Never before `from`
/// @param ok calls that ended well, 24 numbers
/// @param bad calls that failed or timed out, 24 numbers
/// @param other calls that were cancelled or skipped, 24 numbers
public record RunPace(
  RunId runId,
  Instant from,
  Instant to,
  List<Integer> ok,
  List<Integer> bad,
  List<Integer> other
) {
  static final int STRETCHES = 24;

  public RunPace {
    ok = whole(ok);
    bad = whole(bad);
    other = whole(other);
  }

  private static List<Integer> whole(List<Integer> counts) {
    if (counts.size() != STRETCHES) {
      throw new IllegalArgumentException("not of " + STRETCHES + " stretches: " + counts);
    }
    return List.copyOf(counts);
  }
}
