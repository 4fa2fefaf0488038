package dev.acm2.orchestrator;

import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Follows released calls by what lanes and workers say of them. Facts of other epochs change nothing.
///
/// A lane may release a call of a run that is being stopped before it hears of the stop; workers, who
/// take the end of a run to mean what was released before it, are told of such a call by itself.
final class Tracking {

  private Tracking() {}

  static void dispatched(RunDraft run, CallDispatched event, Instant at) {
    CallProgress call = inEpoch(run.find(event.callId()), event.epoch());
    if (call != null && call.status() == Status.RELEASED) {
      run.put(Cancelling.stopped(call.dispatched(event.startBy()), at));
    }
    Stop stop = run.stop;
    if (call != null && stop != null) {
      Cancelling.tellWorkers(run, call, stop.message());
    }
  }

  static void started(RunDraft run, CallStarted event, Instant at) {
    CallProgress call = inEpoch(run.find(event.callId()), event.epoch());
    if (call == null) {
      return;
    }
    switch (call.status()) {
      case RELEASED, DISPATCHED -> run.put(
        Cancelling.stopped(call.started(event.workerId(), at, event.deadlineAt()), at)
      );
      // It may have cost something, whatever its end says.
      case ENDING -> run.put(call.inAttempt(Math.max(1, call.attempt())));
      case ENDED -> LateSpending.started(run, event);
      case READY, STARTED, WAITING, PASSED -> {
      }
    }
  }

  static void retried(RunDraft run, CallRetried event, Instant at, ModelWatch watch) {
    CallProgress call = inEpoch(run.find(event.callId()), event.epoch());
    if (call == null || call.status().rests() || event.attempt() <= call.attempt()) {
      return;
    }
    LaneReports.retried(run, call, event, at);
    watch.retried(run, run.plan.model(call.index()), event, at);
    run.put(call.inAttempt(event.attempt()));
  }

  static @Nullable CallProgress inEpoch(@Nullable CallProgress call, int epoch) {
    return call != null && call.epoch() == epoch ? call : null;
  }
}
