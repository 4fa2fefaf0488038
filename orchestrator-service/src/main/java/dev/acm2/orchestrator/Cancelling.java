package dev.acm2.orchestrator;

import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallSkipped;
import java.time.Instant;
import java.util.OptionalInt;

/// Ends one call on demand. Nothing changes when it has ended, or when the whole run is being stopped.
///
/// Of a call in a lane only the lane knows whether a worker may already have it. So the lane ends it if
/// it still waits there; if not, it is ended like any call under way, and its money stays reserved.
final class Cancelling {

  private Cancelling() {}

  static void cancel(RunDraft run, CallCancelRequested event, Instant at) {
    CallProgress call = run.find(event.callId());
    if (run.stop != null || (call != null && call.cancel() != null)) {
      return;
    }
    if (call == null) {
      cancelPlanned(run, event);
    } else {
      cancel(run, call, event.reason(), at);
    }
  }

  private static void cancelPlanned(RunDraft run, CallCancelRequested event) {
    OptionalInt index = run.plan.indexOf(event.callId());
    boolean generates = index.isPresent() && index.getAsInt() < run.plan.size();
    if (generates && PlanCursor.takeOutOfTurn(run, index.getAsInt())) {
      PlannedCall call = run.call(index.getAsInt());
      Skipping.one(run, call, skipped(call, 1, event.reason()));
    }
  }

  private static void cancel(RunDraft run, CallProgress call, String reason, Instant at) {
    PlannedCall planned = run.call(call.index());
    CallSkipped end = skipped(planned, call.epoch(), reason);
    switch (call.status()) {
      case READY -> {
        ReadyQueue.leave(run, call);
        Skipping.one(run, planned, end);
      }
      case RELEASED -> {
        run.decide(
          new Decision.Instruct(run.laneOf(call), new LaneCommand.DropCall(run.runId, end))
        );
        tellWorkers(run, call, reason);
        run.put(call.cancelled(reason));
      }
      case DISPATCHED, STARTED -> {
        tellWorkers(run, call, reason);
        run.put(stopped(call.cancelled(reason), at));
      }
      // When the end is that its worker was lost, it would be sent again.
      case ENDING -> {
        if (call.granted() > 0) {
          tellWorkers(run, call, reason);
          run.put(call.cancelled(reason));
        }
      }
      case WAITING -> Skipping.one(run, planned, skipped(planned, call.epoch() + 1, reason));
      case ENDED, PASSED -> {
      }
    }
  }

  /// A cancelled call that is under way has some time to end by itself.
  static CallProgress stopped(CallProgress call, Instant at) {
    return call.cancel() == null ? call : call.stoppedAt(at.plus(RunDecider.STOP_GRACE));
  }

  static CallSkipped skipped(PlannedCall call, int epoch, String reason) {
    return call.skipped(epoch, CallSkipped.Reason.CALL_CANCELLED, reason);
  }

  static void tellWorkers(RunDraft run, CallProgress call, String reason) {
    run.decide(
      new Decision.Broadcast(
        new ControlCommand.CancelCall(run.runId, call.callId(), call.epoch(), reason)
      )
    );
  }
}
