package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.orchestrator.RunProgress.Stop;
import org.jspecify.annotations.Nullable;

/// Takes calls from the plan, in its order: releases them while there is room, skips them when they can
/// never run.
record Releasing(Budget budget) {
  void advance(RunDraft run) {
    if (run.stop == null && !run.exhausted) {
      release(run);
    }
    if (run.stop != null || run.exhausted) {
      skip(run);
    }
  }

  private void release(RunDraft run) {
    Limits limits = run.plan.spec().limits();
    while (run.active < limits.concurrency() && run.taken < run.queued) {
      PlannedCall next = run.plan.call(run.taken);
      if (!tryRelease(run, next, 1)) {
        run.exhausted = run.reserved.equals(Charge.NONE);
        return;
      }
      run.taken++;
      run.active++;
    }
  }

  /// Reserves and releases, with fewer attempts when only fewer fit.
  ///
  /// @return false when the budget has no room for a single one
  boolean tryRelease(RunDraft run, PlannedCall call, int epoch) {
    Limits limits = run.plan.spec().limits();
    int granted = budget.attemptsThatFit(call, limits, run.used.plus(run.reserved));
    if (granted == 0) {
      return false;
    }
    Charge reservation = budget.reservation(call, granted);
    run.reserved = run.reserved.plus(reservation);
    run.put(CallProgress.released(call, epoch, granted, reservation));
    run.decide(
      new Decision.Instruct(
        call.lane(),
        call.enqueue(run.runId, limits, run.deadlineAt, epoch, granted)
      )
    );
    return true;
  }

  /// Skips the next calls; the ones after them follow when all of these were read back.
  private static void skip(RunDraft run) {
    run.queued = run.total;
    if (run.skipping > 0) {
      return;
    }
    int end = Math.min(run.total, run.taken + RunDecider.CHUNK);
    for (int index = run.taken; index < end; index++) {
      PlannedCall call = run.plan.call(index);
      run.append(skipped(call, run.stop));
      run.put(CallProgress.skipping(call));
      run.skipping++;
    }
    run.taken = end;
  }

  private static CallSkipped skipped(PlannedCall call, @Nullable Stop stop) {
    return stop == null
      ? call.skipped(1, CallSkipped.Reason.BUDGET, "the budget of the run has no room for it")
      : call.skipped(1, stop.cause().reason(), stop.message());
  }
}
