package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Takes calls that wait, those of the [ReadyQueue] first, then those of the plan in its order: releases
/// them while there is room and their models may be called, skips them when they can never run.
record Releasing(Budget budget, LaneNames lanes, ModelWatch watch) {
  Releasing(Budget budget, LaneNames lanes, BreakerRules rules) {
    this(budget, lanes, new ModelWatch(rules));
  }

  void advance(RunDraft run) {
    if (run.stop == null && run.isPaused()) {
      return;
    }
    if (run.stop == null && !run.exhausted) {
      release(run);
    }
    if (run.stop != null || run.exhausted) {
      Skipping.all(run);
    } else {
      Skipping.givenUp(run);
    }
  }

  private void release(RunDraft run) {
    boolean more = true;
    while (more && run.active < run.limits().concurrency()) {
      Optional<CallProgress> ready = ReadyQueue.next(run, this::admits);
      more = ready.isPresent() ? releaseReady(run, ready.get()) : releasePlanned(run);
    }
  }

  private boolean admits(ModelProgress model) {
    return model.admits(watch.rules());
  }

  private boolean releaseReady(RunDraft run, CallProgress call) {
    if (!releaseNext(run, run.call(call.index()), call.epoch())) {
      return false;
    }
    ReadyQueue.leave(run, call);
    return true;
  }

  private boolean releasePlanned(RunDraft run) {
    OptionalInt index = PlanCursor.next(run, run.queued, this::admits);
    if (index.isEmpty() || !releaseNext(run, run.call(index.getAsInt()), 1)) {
      return false;
    }
    PlanCursor.take(run, index.getAsInt());
    return true;
  }

  private boolean releaseNext(RunDraft run, PlannedCall call, int epoch) {
    Instant notBefore = run.model(call.author().model()).breaker().probeAt();
    if (!tryRelease(run, call, epoch, notBefore)) {
      run.exhausted = run.reserved.equals(Charge.NONE);
      return false;
    }
    run.active++;
    watch.released(run, call);
    return true;
  }

  /// Reserves and releases, with fewer attempts when only fewer fit.
  ///
  /// @param notBefore when it may leave its lane, null for at once
  /// @return false when the budget has no room for a single one
  boolean tryRelease(RunDraft run, PlannedCall call, int epoch, @Nullable Instant notBefore) {
    Limits limits = run.limits();
    int granted = budget.attemptsThatFit(call, limits, run.used.plus(run.reserved));
    if (granted == 0) {
      return false;
    }
    Charge reservation = budget.reservation(call, granted);
    String lane = lanes.of(call.author().model());
    Pausing.holdIfPaused(run, lane);
    run.reserved = run.reserved.plus(reservation);
    run.put(CallProgress.released(call, lane, epoch, granted, reservation));
    run.decide(
      new Decision.Instruct(
        lane,
        call
          .enqueue(run.runId, limits, run.deadlineAt, epoch, granted, reservation.costUsd())
          .notBefore(notBefore)
      )
    );
    return true;
  }
}
