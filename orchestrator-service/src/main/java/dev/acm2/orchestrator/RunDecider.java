package dev.acm2.orchestrator;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.orchestrator.RunProgress.Cause;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.time.Duration;
import java.time.Instant;

/// Decides what happens next in a run. Pure: the same state and input give the same step.
///
/// Laws:
/// - The log decides. An event that ends a call or an epoch takes effect when it is read from the log,
///   also when this decider wrote it; so the end that counts here is the end that counts everywhere.
/// - Folding a run's log from nothing gives the state that the decider had when it wrote the log's end.
///   The one exception: the clock stops a run at its deadline, though older entries may be unread. Of
///   these, ends of calls count, and a cancel of the run is the cause of its end, as in a fold; a retry, a
///   pause and the cancel of a call came too late, and calls that their reading would have released are
///   skipped unreleased.
/// - At most `limits.concurrency` calls are released and not ended.
/// - What is used and reserved never exceeds `maxPaidCalls` and `maxCostUsd`.
/// - Exactly one RunFinished after the end of every planned call; one more each time that calls of a
///   finished run were opened again and have ended.
/// - Nothing of a paused run is released, nor of a cancelled call, once their lanes have heard of it.
final class RunDecider {

  /// How many calls are announced, opened again or skipped in one transaction, so that none lasts long.
  static final int CHUNK = 500;

  /// How long the calls of a stopped run, and cancelled calls, have to end by themselves.
  static final Duration STOP_GRACE = Duration.ofSeconds(5);

  private final Releasing releasing;
  private final Resending resending;
  private final Ending ending;

  RunDecider(Releasing releasing) {
    this.releasing = releasing;
    this.resending = new Resending(releasing);
    this.ending = new Ending(releasing.watch());
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
    if (input instanceof RunInput.Happened(CallEvent event, Instant _)) {
      run.epochs = Math.max(run.epochs, event.epoch());
    }
    if (run.outcome == null) {
      apply(run, input);
      advance(run);
    } else if (input instanceof RunInput.Happened(RunEvent event, Instant _)) {
      happenedAfterTheEnd(run, event);
    }
    return run.freeze();
  }

  private void happenedAfterTheEnd(RunDraft run, RunEvent event) {
    if (event instanceof RunRetryRequested retry) {
      Retrying.request(run, retry);
      advance(run);
    } else if (event instanceof RunFinished) {
      run.shownFinished = true;
    } else if (event instanceof RunDeleted) {
      run.deleted = run.shownFinished;
    } else if (event instanceof CallStarted late) {
      LateSpending.started(run, late);
    } else if (event instanceof CallEnded late) {
      LateSpending.ended(run, late);
    }
  }

  private void stopAtDeadline(RunDraft run, Instant now) {
    if (run.stop == null && !now.isBefore(run.deadlineAt)) {
      stop(run, Cause.DEADLINE, "the run's deadline has passed", now);
      releasing.advance(run);
    }
  }

  private void apply(RunDraft run, RunInput input) {
    switch (input) {
      case RunInput.Happened(RunEvent event, Instant at) -> {
        stopAtDeadline(run, at);
        happened(run, event, at);
      }
      case RunInput.RunDue(Instant at) -> stopAtDeadline(run, at);
      case RunInput.CallDue due -> Sweeping.sweep(run, due);
    }
  }

  private void happened(RunDraft run, RunEvent event, Instant at) {
    switch (event) {
      case RunRequested _, RunArchived _, RunUnarchived _, CallProgressed _ -> {
      }
      case RunFinished _ -> run.shownFinished = true;
      case RunDeleted(String reason) -> delete(run, reason, at);
      case RunCancelRequested(String reason) -> cancel(run, reason, at);
      case RunPauseRequested _ -> Pausing.pause(run, releasing.lanes());
      case RunResumeRequested _ -> Pausing.goOn(run);
      case RunRetryRequested retry -> Retrying.request(run, retry);
      case CallCancelRequested cancel -> Cancelling.cancel(run, cancel, at);
      case CallQueued queued -> {
        goesOn(run, queued);
        Announcing.readBack(run, queued);
      }
      case CallDispatched dispatched -> Tracking.dispatched(run, dispatched, at);
      case CallStarted started -> Tracking.started(run, started, at);
      case CallRetried retried -> Tracking.retried(run, retried, at, releasing.watch());
      case CallOrphaned orphaned -> resending.orphaned(run, orphaned);
      case CallHandedBack handedBack -> resending.handedBack(run, handedBack);
      case CallEnded ended -> ending.ended(run, ended, at);
    }
  }

  /// Views show a finished run as that until they read of a call that was opened again. One that was
  /// deleted in between ends: it would go on where nobody sees it. One that is shown to go on is not
  /// deleted.
  private void delete(RunDraft run, String reason, Instant at) {
    if (run.shownFinished) {
      run.deleted = true;
      cancel(run, reason, at);
    }
  }

  private static void goesOn(RunDraft run, CallQueued event) {
    CallProgress call = Tracking.inEpoch(run.find(event.callId()), event.epoch());
    if (call != null && call.status() != CallProgress.Status.ENDED) {
      run.shownFinished = false;
    }
  }

  /// The clock may have stopped the run at its deadline while this, which the log has from before the
  /// deadline, was not yet read. The log decides which of the two came first.
  private void cancel(RunDraft run, String reason, Instant at) {
    if (run.stop != null && run.stop.cause() == Cause.DEADLINE && at.isBefore(run.deadlineAt)) {
      run.stop = new Stop(Cause.CANCEL, reason);
    } else {
      stop(run, Cause.CANCEL, reason, at);
    }
  }

  /// Nothing changes when the run is being stopped.
  private void stop(RunDraft run, Cause cause, String message, Instant at) {
    if (run.stop == null) {
      Stopping.stop(run, releasing.lanes(), new Stop(cause, message), at);
    }
  }

  private void advance(RunDraft run) {
    LaterPhases.open(run);
    releasing.advance(run);
    if (run.everyCallEnded() && run.outcome == null) {
      Finish.finish(run);
    }
  }
}
