package dev.acm2.orchestrator;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.orchestrator.RunProgress.Cause;
import dev.acm2.orchestrator.RunProgress.Stop;

/// How a run ended, once every call has. No lane holds it any more then, and no place is left in its queue.
final class Finish {

  private Finish() {}

  static void finish(RunDraft run) {
    Pausing.goOn(run);
    PlanCursor.finish(run);
    ReadyQueue.clear(run);
    if (run.notOk == 0 && run.stop != null && run.stop.cause() == Cause.DEADLINE) {
      // Every call had succeeded before the stop took effect.
      run.stop = null;
    }
    Outcome outcome = outcome(run);
    run.outcome = outcome;
    Stop stop = run.stop;
    String cause = stop == null ? "" : "; " + stop.message();
    String spared = run.settled == 0 ? "" : ", " + run.settled + " were not needed";
    run.append(
      new RunFinished(outcome, run.ok + " of " + run.total + " calls succeeded" + spared + cause)
    );
  }

  private static Outcome outcome(RunDraft run) {
    Stop stop = run.stop;
    if (stop != null) {
      return stop.cause().outcome();
    }
    if (run.exhausted) {
      return Outcome.BUDGET_EXHAUSTED;
    }
    if (run.notOk == 0) {
      return Outcome.COMPLETED;
    }
    return run.ok == 0 ? Outcome.FAILED : Outcome.COMPLETED_WITH_ERRORS;
  }
}
