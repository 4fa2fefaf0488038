package dev.acm2.orchestrator;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.Spend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ends calls when their ends are read from the log: the first one decides, later ones change nothing.
record Ending(ModelWatch watch) {
  void ended(RunDraft run, CallEnded event, Instant at) {
    CallProgress call = run.find(event.callId());
    if (call == null || call.status().rests() || event.epoch() < call.epoch()) {
      LateSpending.ended(run, event);
      return;
    }
    if (event instanceof CallFailed failed) {
      LaneReports.failed(run, call, failed, at);
    }
    boolean succeeded = event instanceof CallSucceeded;
    settle(run, call, charge(call, event), succeeded, Tokens.of(event));
    keep(run, call, event);
    leave(run, call, event, at);
    LaterPhases.ended(run, call.index(), event);
  }

  private static void keep(RunDraft run, CallProgress call, CallEnded event) {
    if (event instanceof CallSkipped skipped && skipped.reason() == CallSkipped.Reason.SETTLED) {
      run.settled++;
      run.forget(call.callId());
      return;
    }
    if (!(event instanceof CallSucceeded)) {
      run.notOk++;
      CallProgress ended = call.ended(
        run.rounds,
        isUnsent(call, event) ? call.reserved() : Charge.NONE
      );
      String cancel = cancelledBecause(call, event);
      run.put(cancel == null ? ended : ended.cancelled(cancel));
      return;
    }
    run.ok++;
    if (PlanCursor.isAhead(run, call.index())) {
      run.put(call.passed());
    } else {
      run.forget(call.callId());
    }
  }

  /// Why somebody asked for the end of this call, null when nobody did.
  private static @Nullable String cancelledBecause(CallProgress call, CallEnded event) {
    return event instanceof CallSkipped skipped &&
      skipped.reason() == CallSkipped.Reason.CALL_CANCELLED
      ? skipped.message()
      : call.cancel();
  }

  private void leave(RunDraft run, CallProgress call, CallEnded event, Instant at) {
    ModelId model = run.plan.model(call.index());
    if (call.granted() > 0) {
      run.active--;
      watch.left(run, model);
    } else {
      run.skipping--;
    }
    if (Reusing.isTakenOver(event)) {
      return;
    }
    Spend spend = event.spend();
    if (spend != null) {
      run.put(model, run.model(model).moreEnded(spend.costUsd()));
    }
    watch.ended(run, model, event, at);
  }

  /// An end of a call that was started does not tell its spend when its writer cannot know it.
  private static Charge charge(CallProgress call, CallEnded event) {
    Spend spend = event.spend();
    if (spend != null) {
      return Charge.of(spend);
    }
    return isUnsent(call, event) ? Charge.NONE : call.reserved();
  }

  private static boolean isUnsent(CallProgress call, CallEnded event) {
    return event instanceof CallSkipped && call.attempt() == 0;
  }

  /// An epoch is over: what it used is used, what else was held for it is free again, and so is its slot.
  ///
  /// @param tokens what the epoch used, null when nobody knows
  static void settle(
    RunDraft run,
    CallProgress call,
    Charge charge,
    boolean succeeded,
    @Nullable Long tokens
  ) {
    run.used = run.used.plus(charge);
    run.reserved = run.reserved.minus(call.reserved());
    if (call.granted() > 0) {
      run.decide(
        new Decision.Instruct(
          run.laneOf(call),
          new LaneCommand.Free(run.runId, call.callId(), call.epoch(), succeeded, tokens)
        )
      );
    }
  }
}
