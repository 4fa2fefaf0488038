package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Takes calls from the plan, in its order: releases them while there is room and their models may be
/// called, skips them when they can never run.
record Releasing(Budget budget, LaneNames lanes, ModelWatch watch) {
  Releasing(Budget budget, LaneNames lanes, BreakerRules rules) {
    this(budget, lanes, new ModelWatch(rules));
  }

  void advance(RunDraft run) {
    if (run.stop == null && !run.exhausted) {
      release(run);
    }
    if (run.stop != null || run.exhausted) {
      skipAll(run);
    } else {
      skipGivenUp(run);
    }
  }

  private void release(RunDraft run) {
    Limits limits = run.plan.spec().limits();
    while (run.active < limits.concurrency()) {
      OptionalInt index = PlanCursor.next(run, run.queued, model -> model.admits(watch.rules()));
      if (index.isEmpty()) {
        return;
      }
      PlannedCall next = run.plan.call(index.getAsInt());
      Instant notBefore = run.model(next.author().model()).breaker().probeAt();
      if (!tryRelease(run, next, 1, notBefore)) {
        run.exhausted = run.reserved.equals(Charge.NONE);
        return;
      }
      PlanCursor.take(run, next.index());
      run.active++;
      watch.released(run, next);
    }
  }

  /// Reserves and releases, with fewer attempts when only fewer fit.
  ///
  /// @param notBefore when it may leave its lane, null for at once
  /// @return false when the budget has no room for a single one
  boolean tryRelease(RunDraft run, PlannedCall call, int epoch, @Nullable Instant notBefore) {
    Limits limits = run.plan.spec().limits();
    int granted = budget.attemptsThatFit(call, limits, run.used.plus(run.reserved));
    if (granted == 0) {
      return false;
    }
    Charge reservation = budget.reservation(call, granted);
    String lane = lanes.of(call.author().model());
    run.reserved = run.reserved.plus(reservation);
    run.put(CallProgress.released(call, lane, epoch, granted, reservation));
    run.decide(
      new Decision.Instruct(
        lane,
        call.enqueue(run.runId, limits, run.deadlineAt, epoch, granted).notBefore(notBefore)
      )
    );
    return true;
  }

  /// Skips the next calls; the ones after them follow when all of these were read back.
  private static void skipAll(RunDraft run) {
    run.queued = run.total;
    if (run.skipping > 0) {
      return;
    }
    OptionalInt next = PlanCursor.next(run, run.total, _ -> true);
    while (next.isPresent() && run.skipping < RunDecider.CHUNK) {
      PlannedCall call = run.plan.call(next.getAsInt());
      skip(run, skipped(call, run.stop), call);
      next = PlanCursor.next(run, run.total, _ -> true);
    }
  }

  /// Skips announced calls of models that were given up, as many at a time.
  private static void skipGivenUp(RunDraft run) {
    if (run.skipping > 0) {
      return;
    }
    OptionalInt next = PlanCursor.nextGivenUp(run, run.queued);
    while (next.isPresent() && run.skipping < RunDecider.CHUNK) {
      PlannedCall call = run.plan.call(next.getAsInt());
      String why = Objects.requireNonNull(run.model(call.author().model()).verdict());
      skip(run, call.skipped(1, CallSkipped.Reason.DEPENDENCY_FAILED, why), call);
      next = PlanCursor.nextGivenUp(run, run.queued);
    }
  }

  private static void skip(RunDraft run, CallSkipped event, PlannedCall call) {
    run.append(event);
    run.put(CallProgress.skipping(call));
    run.skipping++;
    PlanCursor.take(run, call.index());
  }

  private static CallSkipped skipped(PlannedCall call, @Nullable Stop stop) {
    return stop == null
      ? call.skipped(1, CallSkipped.Reason.BUDGET, "the budget of the run has no room for it")
      : call.skipped(1, stop.cause().reason(), stop.message());
  }
}
