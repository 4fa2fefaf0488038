package dev.acm2.projection;

import dev.acm2.contract.Spend;
import dev.acm2.contract.Usd;
import java.util.Map;

/// What the money went for. The sum of the parts is the cost.
///
/// @param succeededUsd attempts that gave what they were made for
/// @param failedUsd last attempts of epochs that ended without success
/// @param retriedUsd attempts that failed and were followed by another one in their epoch
/// @param orphanedUsd epochs that were broken off: their worker was lost or gave the call back
/// @param lateUsd answers that came after the end that counts, or out of an epoch that was over
/// @param replacedUsd attempts that had given what they were made for, before their phase was run anew
public record CostParts(
  Usd succeededUsd,
  Usd failedUsd,
  Usd retriedUsd,
  Usd orphanedUsd,
  Usd lateUsd,
  Usd replacedUsd
) {
  public static final CostParts NONE = new CostParts(
    Usd.ZERO,
    Usd.ZERO,
    Usd.ZERO,
    Usd.ZERO,
    Usd.ZERO,
    Usd.ZERO
  );

  /// The parts of one call's cost. When a call is opened again, no money moves between the parts, but what
  /// its success had cost, which is replaced.
  static CostParts of(CallView call) {
    CostParts sum = NONE;
    for (Map.Entry<Integer, Spend> spent : call.spendByEpoch().entrySet()) {
      sum = sum.plus(ofEpoch(call, spent.getKey(), spent.getValue().costUsd()));
    }
    return sum;
  }

  private static CostParts ofEpoch(CallView call, int epoch, Usd cost) {
    boolean current = epoch == call.epoch();
    boolean ended = current ? call.state().ended() : call.earlierEnds().containsKey(epoch);
    boolean late = call
      .late()
      .stream()
      .anyMatch(end -> end.epoch() == epoch);
    if (!ended) {
      return current ? NONE.retried(cost) : NONE.broken(cost, late);
    }
    Usd retried = call.retriedByEpoch().getOrDefault(epoch, Usd.ZERO);
    Usd rest = cost.minus(retried);
    CostParts parts = NONE.retried(retried);
    if (late) {
      return parts.plus(NONE.broken(rest, true));
    }
    if (call.replacedEpochs().contains(epoch)) {
      return parts.plus(NONE.replaced(rest));
    }
    return parts.plus(NONE.decided(rest, current && call.state() == CallState.OK));
  }

  private CostParts retried(Usd cost) {
    return new CostParts(succeededUsd, failedUsd, cost, orphanedUsd, lateUsd, replacedUsd);
  }

  private CostParts replaced(Usd cost) {
    return new CostParts(succeededUsd, failedUsd, retriedUsd, orphanedUsd, lateUsd, cost);
  }

  private CostParts broken(Usd cost, boolean late) {
    return late
      ? new CostParts(succeededUsd, failedUsd, retriedUsd, orphanedUsd, cost, replacedUsd)
      : new CostParts(succeededUsd, failedUsd, retriedUsd, cost, lateUsd, replacedUsd);
  }

  private CostParts decided(Usd cost, boolean ok) {
    return ok
      ? new CostParts(cost, failedUsd, retriedUsd, orphanedUsd, lateUsd, replacedUsd)
      : new CostParts(succeededUsd, cost, retriedUsd, orphanedUsd, lateUsd, replacedUsd);
  }

  public CostParts plus(CostParts other) {
    return new CostParts(
      succeededUsd.plus(other.succeededUsd),
      failedUsd.plus(other.failedUsd),
      retriedUsd.plus(other.retriedUsd),
      orphanedUsd.plus(other.orphanedUsd),
      lateUsd.plus(other.lateUsd),
      replacedUsd.plus(other.replacedUsd)
    );
  }

  public CostParts minus(CostParts other) {
    return new CostParts(
      succeededUsd.minus(other.succeededUsd),
      failedUsd.minus(other.failedUsd),
      retriedUsd.minus(other.retriedUsd),
      orphanedUsd.minus(other.orphanedUsd),
      lateUsd.minus(other.lateUsd),
      replacedUsd.minus(other.replacedUsd)
    );
  }

  /// The whole cost.
  public Usd sum() {
    return succeededUsd
      .plus(failedUsd)
      .plus(retriedUsd)
      .plus(orphanedUsd)
      .plus(lateUsd)
      .plus(replacedUsd);
  }
}
