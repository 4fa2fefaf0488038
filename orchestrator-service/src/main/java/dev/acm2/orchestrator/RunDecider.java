package dev.acm2.orchestrator;

import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.Spend;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.RunProgress.Cause;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Decides what happens next in a run. Pure: the same state and input give the same step.
///
/// Laws:
/// - The log decides. An event that ends a call or an epoch takes effect when it is read from the log,
///   also when this decider wrote it; so the end that counts here is the end that counts everywhere.
/// - Folding a run's log from nothing gives the state that the decider had when it wrote the log's end.
/// - At most `limits.concurrency` calls are released and not ended.
/// - What is used and reserved never exceeds `maxPaidCalls` and `maxCostUsd`.
/// - Exactly one RunFinished, after the end of every planned call.
final class RunDecider {

  /// How many calls are announced or skipped in one transaction, so that none lasts long.
  static final int CHUNK = 500;

  /// How long a stopped run's calls have to end by themselves.
  static final Duration STOP_GRACE = Duration.ofSeconds(5);

  private final Releasing releasing;

  RunDecider(Releasing releasing) {
    this.releasing = releasing;
  }

  /// The first step of a run.
  RunStep request(RunState fresh) {
    RunDraft run = new RunDraft(fresh);
    Announcing.announce(run);
    advance(run);
    return run.freeze();
  }

  RunStep decide(RunState before, RunInput input) {
    RunDraft run = new RunDraft(before);
    if (run.outcome == null) {
      stopAtDeadline(run, input.at());
      apply(run, input);
      advance(run);
    }
    return run.freeze();
  }

  private void stopAtDeadline(RunDraft run, Instant now) {
    if (run.stop == null && !now.isBefore(run.deadlineAt)) {
      stop(run, new Stop(Cause.DEADLINE, "the run's deadline has passed"), now);
      releasing.advance(run);
    }
  }

  private void apply(RunDraft run, RunInput input) {
    switch (input) {
      case RunInput.Happened(RunEvent event, Instant at) -> happened(run, event, at);
      case RunInput.RunDue _ -> {
      }
      case RunInput.CallDue due -> Sweeping.sweep(run, due);
    }
  }

  private void happened(RunDraft run, RunEvent event, Instant at) {
    switch (event) {
      case RunRequested _,
        RunFinished _,
        RunEvent.RunPauseRequested _,
        RunEvent.RunResumeRequested _,
        RunEvent.RunRetryRequested _,
        RunEvent.CallCancelRequested _,
        RunEvent.CallProgressed _,
        RunEvent.CallHandedBack _ -> {
      }
      case RunCancelRequested(String reason) -> cancel(run, reason, at);
      case CallQueued queued -> Announcing.readBack(run, queued);
      case CallDispatched dispatched -> dispatched(run, dispatched);
      case CallStarted started -> started(run, started, at);
      case CallRetried retried -> retried(run, retried, at);
      case CallOrphaned orphaned -> orphaned(run, orphaned);
      case CallEnded ended -> ended(run, ended, at);
    }
  }

  private void cancel(RunDraft run, String reason, Instant at) {
    if (run.stop == null) {
      stop(run, new Stop(Cause.CANCEL, reason), at);
    }
  }

  private static void dispatched(RunDraft run, CallDispatched event) {
    CallProgress call = run.find(event.callId());
    if (call != null && call.epoch() == event.epoch() && call.status() == Status.RELEASED) {
      run.put(call.dispatched(event.startBy()));
    }
  }

  private static void started(RunDraft run, CallStarted event, Instant at) {
    CallProgress call = run.find(event.callId());
    if (call != null && call.epoch() == event.epoch() && waits(call)) {
      run.put(call.started(event.workerId(), at, event.deadlineAt()));
    }
  }

  private static boolean waits(CallProgress call) {
    return switch (call.status()) {
      case RELEASED, DISPATCHED -> true;
      case STARTED, ENDING -> false;
    };
  }

  private static void retried(RunDraft run, CallRetried event, Instant at) {
    CallProgress call = run.find(event.callId());
    boolean current = call != null && call.epoch() == event.epoch();
    if (call == null || !current || event.attempt() <= call.attempt()) {
      return;
    }
    LaneReports.retried(run, call, event, at);
    if (call.status() == Status.STARTED) {
      run.put(call.inAttempt(event.attempt()));
    }
  }

  /// The epoch is charged with all that was reserved for it: what the lost worker spent is not known.
  private void orphaned(RunDraft run, CallOrphaned event) {
    CallProgress call = run.find(event.callId());
    boolean current = call != null && call.epoch() == event.epoch() && !waits(call);
    if (call == null || !current || event.policy() == CallOrphaned.Policy.FAILED) {
      return;
    }
    settle(run, call, call.reserved(), false);
    int epoch = call.epoch() + 1;
    PlannedCall planned = run.plan.call(call.index());
    Stop stop = run.stop;
    if (stop != null) {
      giveUp(run, call, planned.skipped(epoch, stop.cause().reason(), stop.message()));
    } else if (!releasing.tryRelease(run, planned, epoch, null)) {
      giveUp(
        run,
        call,
        new CallFailed(
          call.callId(),
          epoch,
          0,
          FailureKind.BUDGET,
          null,
          "the budget has no room to send the call again",
          null,
          List.of()
        )
      );
    }
  }

  private void giveUp(RunDraft run, CallProgress call, CallEnded end) {
    run.append(end);
    run.put(
      CallProgress.released(run.plan.call(call.index()), null, end.epoch(), 0, Charge.NONE).ending()
    );
    run.active--;
    run.skipping++;
    releasing.watch().left(run, run.plan.model(call.index()));
  }

  private void ended(RunDraft run, CallEnded event, Instant at) {
    CallProgress call = run.find(event.callId());
    if (call == null || event.epoch() < call.epoch()) {
      return;
    }
    if (event instanceof CallFailed failed) {
      LaneReports.failed(run, call, failed, at);
    }
    settle(run, call, charge(call, event), event instanceof CallSucceeded);
    run.forget(call.callId());
    ModelId model = run.plan.model(call.index());
    if (call.granted() > 0) {
      run.active--;
      releasing.watch().left(run, model);
    } else {
      run.skipping--;
    }
    if (event instanceof CallSucceeded) {
      run.ok++;
    } else {
      run.notOk++;
    }
    releasing.watch().ended(run, model, event, at);
  }

  private static Charge charge(CallProgress call, CallEnded event) {
    Spend spend = event.spend();
    if (spend != null) {
      return Charge.of(spend);
    }
    return event instanceof CallSkipped ? Charge.NONE : call.reserved();
  }

  private static void settle(RunDraft run, CallProgress call, Charge charge, boolean succeeded) {
    run.used = run.used.plus(charge);
    run.reserved = run.reserved.minus(call.reserved());
    if (call.granted() > 0) {
      run.decide(
        new Decision.Instruct(
          run.laneOf(call),
          new LaneCommand.Free(run.runId, call.callId(), call.epoch(), succeeded)
        )
      );
    }
  }

  private void stop(RunDraft run, Stop stop, Instant at) {
    run.stop = stop;
    run.queued = run.total;
    for (String lane : lanes(run)) {
      run.decide(new Decision.Instruct(lane, new LaneCommand.DropRun(run.runId)));
    }
    run.decide(new Decision.Broadcast(new ControlCommand.CancelRun(run.runId, stop.message())));
    for (CallProgress known : run.callsBefore()) {
      CallProgress call = run.find(known.callId());
      if (call != null) {
        stopCall(run, call, stop, at);
      }
    }
  }

  /// Those of the plan, and those that calls went to under an earlier configuration.
  private Set<String> lanes(RunDraft run) {
    Set<String> lanes = new TreeSet<>();
    run.plan.models().forEach(model -> lanes.add(releasing.lanes().of(model)));
    run.callsBefore().forEach(call -> lanes.add(run.laneOf(call)));
    return lanes;
  }

  private static void stopCall(RunDraft run, CallProgress call, Stop stop, Instant at) {
    switch (call.status()) {
      case RELEASED -> {
        PlannedCall planned = run.plan.call(call.index());
        run.append(planned.skipped(call.epoch(), stop.cause().reason(), stop.message()));
        run.put(call.ending());
      }
      case DISPATCHED, STARTED -> run.put(call.stoppedAt(at.plus(STOP_GRACE)));
      case ENDING -> {
      }
    }
  }

  private void advance(RunDraft run) {
    releasing.advance(run);
    if (run.everyCallEnded() && run.outcome == null) {
      Finish.finish(run);
    }
  }
}
