package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Collects the stretches of one run in which calls have ended; in all others none has.
final class PaceTally {

  private final RunId runId;
  private final Instant from;
  private final Instant to;
  private final Integer[] ok = zeros();
  private final Integer[] bad = zeros();
  private final Integer[] other = zeros();

  PaceTally(RunId runId, Instant from, Instant to) {
    this.runId = runId;
    this.from = from;
    this.to = to;
  }

  /// @param stretch 0 to 23
  void add(int stretch, int okCalls, int badCalls, int otherCalls) {
    ok[stretch] += okCalls;
    bad[stretch] += badCalls;
    other[stretch] += otherCalls;
  }

  RunPace pace() {
    return new RunPace(runId, from, to, List.of(ok), List.of(bad), List.of(other));
  }

  private static Integer[] zeros() {
    Integer[] counts = new Integer[RunPace.STRETCHES];
    Arrays.fill(counts, 0);
    return counts;
  }
}
