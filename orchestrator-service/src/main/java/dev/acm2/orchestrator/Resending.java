package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends calls again, in their next epoch, whose worker was lost or has left. They keep their share of
/// the run's concurrency, and no breaker holds them back.
record Resending(Releasing releasing) {
  /// The epoch is charged with all that was reserved for it: what the lost worker spent is not known.
  void orphaned(RunDraft run, CallOrphaned event) {
    CallProgress call = underWay(run, event.callId(), event.epoch());
    if (call != null && event.policy() == CallOrphaned.Policy.REDISPATCHED) {
      Ending.settle(run, call, call.reserved(), false, null);
      again(run, call, true);
    }
  }

  /// Nothing was lost: it does not count as the one time that a lost call is sent again.
  void handedBack(RunDraft run, CallHandedBack event) {
    CallProgress call = underWay(run, event.callId(), event.epoch());
    if (call != null) {
      Ending.settle(run, call, Charge.of(event.spend()), false, Tokens.of(event.spend()));
      again(run, call, call.wasSentAgain());
    }
  }

  private static @Nullable CallProgress underWay(RunDraft run, CallId callId, int epoch) {
    CallProgress call = Tracking.inEpoch(run.find(callId), epoch);
    if (call == null) {
      return null;
    }
    return switch (call.status()) {
      case STARTED, ENDING -> call.granted() > 0 ? call : null;
      case READY, RELEASED, DISPATCHED, ENDED, WAITING, PASSED -> null;
    };
  }

  private void again(RunDraft run, CallProgress call, boolean sentAgain) {
    int epoch = call.epoch() + 1;
    PlannedCall planned = run.call(call.index());
    Stop stop = run.stop;
    String cancel = call.cancel();
    if (stop != null) {
      giveUp(run, planned, planned.skipped(epoch, stop.cause().reason(), stop.message()));
    } else if (cancel != null) {
      giveUp(run, planned, Cancelling.skipped(planned, epoch, cancel));
    } else if (!releasing.tryRelease(run, planned, epoch, null)) {
      giveUp(run, planned, unaffordable(planned, epoch));
    } else if (sentAgain) {
      run.put(Objects.requireNonNull(run.find(call.callId())).sentAgain());
    }
  }

  private static CallFailed unaffordable(PlannedCall call, int epoch) {
    return new CallFailed(
      call.callId(),
      epoch,
      0,
      FailureKind.BUDGET,
      null,
      "the budget has no room to send the call again",
      null,
      List.of(),
      null
    );
  }

  private void giveUp(RunDraft run, PlannedCall call, CallEnded end) {
    run.append(end);
    run.put(CallProgress.skipping(call, end.epoch()));
    run.active--;
    run.skipping++;
    releasing.watch().left(run, call.author().model());
  }
}
