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
/// @param retrying calls in flight whose present attempt is not the first one of their epoch, or that pause
///     before it; they are among inFlight already, so this is no part of the sum of I1
/// @param attempts requests to providers, as far as they are known
/// @param late ends that came after the end that counts
/// @param reservedUsd what is held for calls that are released and have not ended
/// @param savedUsd what calls would have cost that were skipped because their answer was not needed
/// @param cost what costUsd went for; its sum is costUsd
/// @param overshoot how long after their deadlines the timed out calls were ended
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
  int retrying,
  int attempts,
  int late,
  Usd costUsd,
  long inputTokens,
  long outputTokens,
  Usd reservedUsd,
  Usd savedUsd,
  CostParts cost,
  Overshoot overshoot
) {
  public static final RunStats NONE = planned(0);

  /// What `calls` planned calls contribute of which nothing has been said yet.
  public static RunStats planned(int calls) {
    return new RunStats(
      calls,
      calls,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      Usd.ZERO,
      0,
      0,
      Usd.ZERO,
      Usd.ZERO,
      CostParts.NONE,
      Overshoot.NONE
    );
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
      one(call.isRetrying()),
      spend.attempts(),
      call.late().size(),
      spend.costUsd(),
      spend.usage().inputTokens(),
      spend.usage().outputTokens(),
      call.reservedUsd(),
      call.savedUsd(),
      CostParts.of(call),
      Overshoot.of(call)
    );
  }

  public RunStats plus(RunStats other) {
    return new RunStats(
      planned + other.planned,
      queued + other.queued,
      inFlight + other.inFlight,
      ok + other.ok,
      failed + other.failed,
      timedOut + other.timedOut,
      cancelled + other.cancelled,
      skipped + other.skipped,
      retries + other.retries,
      retrying + other.retrying,
      attempts + other.attempts,
      late + other.late,
      costUsd.plus(other.costUsd),
      inputTokens + other.inputTokens,
      outputTokens + other.outputTokens,
      reservedUsd.plus(other.reservedUsd),
      savedUsd.plus(other.savedUsd),
      cost.plus(other.cost),
      overshoot.plus(other.overshoot)
    );
  }

  public RunStats minus(RunStats other) {
    return new RunStats(
      planned - other.planned,
      queued - other.queued,
      inFlight - other.inFlight,
      ok - other.ok,
      failed - other.failed,
      timedOut - other.timedOut,
      cancelled - other.cancelled,
      skipped - other.skipped,
      retries - other.retries,
      retrying - other.retrying,
      attempts - other.attempts,
      late - other.late,
      costUsd.minus(other.costUsd),
      inputTokens - other.inputTokens,
      outputTokens - other.outputTokens,
      reservedUsd.minus(other.reservedUsd),
      savedUsd.minus(other.savedUsd),
      cost.minus(other.cost),
      overshoot.minus(other.overshoot)
    );
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

  private static int one(boolean counted) {
    return counted ? 1 : 0;
  }
}
