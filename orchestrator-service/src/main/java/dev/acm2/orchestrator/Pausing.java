package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import java.util.TreeSet;

/// Holds a run. Its calls wait where they are: those in lanes keep their places and reservations.
final class Pausing {

  private Pausing() {}

  /// Nothing changes when the run is paused or being stopped.
  static void pause(RunDraft run, LaneNames names) {
    if (run.stop == null && !run.isPaused()) {
      run.held = new TreeSet<>();
      RunLanes.of(run, names).forEach(lane -> holdIfPaused(run, lane));
    }
  }

  /// A call that a paused run sends again may go to a lane that the run had not used before.
  static void holdIfPaused(RunDraft run, String lane) {
    if (run.held != null && run.held.add(lane)) {
      Limits limits = run.limits();
      run.decide(
        new Decision.Instruct(
          lane,
          new LaneCommand.HoldRun(run.runId, limits.priority(), limits.weight())
        )
      );
    }
  }

  /// Nothing changes when the run is not paused.
  static void goOn(RunDraft run) {
    if (run.held != null) {
      run.held.forEach(lane ->
        run.decide(new Decision.Instruct(lane, new LaneCommand.GoOnRun(run.runId)))
      );
      run.held = null;
    }
  }
}
