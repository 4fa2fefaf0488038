package dev.acm2.projection;

import dev.acm2.contract.Spend;
import dev.acm2.contract.Usd;
import org.jspecify.annotations.Nullable;

/// Counters of a run, or of a part of it.
///
/// Law: counters are derived. They are the sum of what each planned call contributes ([#of]); an event
/// subtracts the call's old contribution and adds the new one, so that a duplicate changes nothing.
/// Invariant I1: planned = queued + inFlight + ok + failed + timedOut + cancelled + skipped.
///
/// @param queued planned calls that no worker has started
/// @param retries further attempts that were announced
/// @param attempts requests to providers, as far as they are known
/// @param late ends that came after the end that counts
public record RunStats(
  int planned,
  int queued,
  int inFlight,
  int ok,
  int failed,
  int timedOut,
  int cancelled,
  int skipped,
  int retries,
  int attempts,
  int late,
  Usd costUsd,
  long inputTokens,
  long outputTokens
) {
  public static final RunStats NONE = new RunStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Usd.ZERO, 0, 0);

  /// What `calls` planned calls contribute of which nothing has been said yet.
  public static RunStats planned(int calls) {
    return new RunStats(calls, calls, 0, 0, 0, 0, 0, 0, 0, 0, 0, Usd.ZERO, 0, 0);
  }

  /// What a planned call contributes; null is one of which nothing has been said yet.
  public static RunStats of(@Nullable CallView call) {
    if (call == null || call.state() == CallState.STRAY) {
      return planned(1);
    }
    Spend spend = call.spend();
    return new RunStats(
      1,
      one(call.state() == CallState.QUEUED || call.state() == CallState.DISPATCHED),
      one(call.state() == CallState.IN_FLIGHT),
      one(call.state() == CallState.OK),
      one(call.state() == CallState.FAILED),
      one(call.state() == CallState.TIMED_OUT),
      one(call.state() == CallState.CANCELLED),
      one(call.state() == CallState.SKIPPED),
      call.retries().size(),
      spend.attempts(),
      call.late().size(),
      spend.costUsd(),
      spend.usage().inputTokens(),
      spend.usage().outputTokens()
    );
  }

  public RunStats plus(RunStats other) {
    return combine(other, 1);
  }

  public RunStats minus(RunStats other) {
    return combine(other, -1);
  }

  /// Invariant I1.
  public boolean balanced() {
    return (
      planned == queued + inFlight + ok + failed + timedOut + cancelled + skipped && queued >= 0
    );
  }

  /// Calls that have ended.
  public int ended() {
    return ok + failed + timedOut + cancelled + skipped;
  }

  private RunStats combine(RunStats other, int sign) {
    return new RunStats(
      planned + sign * other.planned,
      queued + sign * other.queued,
      inFlight + sign * other.inFlight,
      ok + sign * other.ok,
      failed + sign * other.failed,
      timedOut + sign * other.timedOut,
      cancelled + sign * other.cancelled,
      skipped + sign * other.skipped,
      retries + sign * other.retries,
      attempts + sign * other.attempts,
      late + sign * other.late,
      sign > 0 ? costUsd.plus(other.costUsd) : costUsd.minus(other.costUsd),
      inputTokens + sign * other.inputTokens,
      outputTokens + sign * other.outputTokens
    );
  }

  private static int one(boolean counted) {
    return counted ? 1 : 0;
  }
}
