package dev.acm2.orchestrator;

import dev.acm2.contract.ControlCommand;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.time.Instant;

/// Ends a run before its plan does. Its waiting calls are skipped, those under way get some time to end.
final class Stopping {

  private Stopping() {}

  static void stop(RunDraft run, LaneNames names, Stop stop, Instant at) {
    for (String lane : RunLanes.of(run, names)) {
      run.decide(new Decision.Instruct(lane, new LaneCommand.DropRun(run.runId)));
    }
    run.decide(new Decision.Broadcast(new ControlCommand.CancelRun(run.runId, stop.message())));
    run.stop = stop;
    run.queued = run.plan.size();
    run.held = null;
    run.reopening = null;
    for (CallProgress known : run.liveBefore()) {
      CallProgress call = run.find(known.callId());
      if (call != null) {
        stop(run, call, stop, at);
      }
    }
  }

  private static void stop(RunDraft run, CallProgress call, Stop stop, Instant at) {
    switch (call.status()) {
      case RELEASED -> {
        PlannedCall planned = run.call(call.index());
        run.append(planned.skipped(call.epoch(), stop.cause().reason(), stop.message()));
        run.put(call.ending());
      }
      case DISPATCHED, STARTED -> run.put(call.stoppedAt(at.plus(RunDecider.STOP_GRACE)));
      case READY, ENDING, ENDED, WAITING, PASSED -> {
      }
    }
  }
}
