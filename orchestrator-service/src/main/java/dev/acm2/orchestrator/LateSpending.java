package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.Spend;
import dev.acm2.orchestrator.CallProgress.Status;
import org.jspecify.annotations.Nullable;

/// Charges what a call costs that was ended as one that never ran, while a worker was about to start it.
/// It happens when a run is stopped; the money must be known when the run is opened again.
final class LateSpending {

  private LateSpending() {}

  /// The worst case, until it is known better.
  static void started(RunDraft run, CallStarted event) {
    CallProgress call = open(run, event.callId(), event.epoch());
    if (call != null && call.attempt() == 0) {
      run.used = run.used.plus(call.reserved());
      run.put(call.inAttempt(1));
    }
  }

  static void ended(RunDraft run, CallEnded event) {
    CallProgress call = open(run, event.callId(), event.epoch());
    Spend spend = event.spend();
    if (call != null && call.attempt() > 0 && spend != null) {
      run.used = run.used.minus(call.reserved()).plus(Charge.of(spend));
      run.put(call.closed());
    }
  }

  private static @Nullable CallProgress open(RunDraft run, CallId callId, int epoch) {
    CallProgress call = Tracking.inEpoch(run.find(callId), epoch);
    boolean open =
      call != null && call.status() == Status.ENDED && !call.reserved().equals(Charge.NONE);
    return open ? call : null;
  }
}
