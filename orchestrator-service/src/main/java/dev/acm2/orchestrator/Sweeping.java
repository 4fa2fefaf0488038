package dev.acm2.orchestrator;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.RunInput.CallDue;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The last of the three rings around a call: ends what nobody else has ended.
final class Sweeping {

  private Sweeping() {}

  static void sweep(RunDraft run, CallDue due) {
    CallProgress call = run.find(due.callId());
    if (call == null) {
      return;
    }
    switch (call.status()) {
      case READY, RELEASED, ENDING, ENDED, WAITING, PASSED -> {
      }
      case DISPATCHED -> {
        if (passed(call.stopAt(), due)) {
          skipStopped(run, call);
        } else if (passed(plusGrace(call.startBy()), due)) {
          skip(run, call, CallSkipped.Reason.QUEUE_TTL, "no worker took it in time");
        } else {
          run.put(call.watched(due.workerSeenAt()));
        }
      }
      case STARTED -> started(run, call, due);
    }
  }

  private static void skipStopped(RunDraft run, CallProgress call) {
    Stop stop = run.stop;
    if (stop == null) {
      skip(run, call, CallSkipped.Reason.CALL_CANCELLED, whyStopped(run, call));
    } else {
      skip(run, call, stop.cause().reason(), stop.message());
    }
  }

  private static String whyStopped(RunDraft run, CallProgress call) {
    return run.stop == null ? Objects.requireNonNull(call.cancel()) : run.stop.message();
  }

  private static void started(RunDraft run, CallProgress call, CallDue due) {
    Instant seenAt = call.lastSignOfLife(due.workerSeenAt());
    if (passed(call.timeOutAt(seenAt), due)) {
      timeOut(run, call, due.at());
    } else if (passed(call.stopAt(), due)) {
      run.append(
        new CallCancelled(
          call.callId(),
          call.epoch(),
          call.attempt(),
          whyStopped(run, call),
          null,
          List.of()
        )
      );
      run.put(call.ending());
    } else if (passed(seenAt.plus(CallProgress.SILENCE), due)) {
      orphan(run, call, seenAt);
    } else {
      run.put(call.watched(due.workerSeenAt()));
    }
  }

  private static void skip(
    RunDraft run,
    CallProgress call,
    CallSkipped.Reason reason,
    String message
  ) {
    run.append(run.call(call.index()).skipped(call.epoch(), reason, message));
    run.put(call.ending());
  }

  private static void timeOut(RunDraft run, CallProgress call, Instant now) {
    run.append(
      new CallTimedOut(
        call.callId(),
        call.epoch(),
        call.attempt(),
        Objects.requireNonNull(call.deadlineAt()),
        now,
        Enforcer.SWEEPER,
        "not ended by its worker",
        null,
        List.of()
      )
    );
    run.put(call.ending());
  }

  /// A call is sent again at most once since it was opened, and never when it or its run is being
  /// stopped.
  private static void orphan(RunDraft run, CallProgress call, Instant seenAt) {
    boolean again =
      run.limits().onWorkerLost() == Limits.OnWorkerLost.RETRY_ONCE &&
      !call.wasSentAgain() &&
      call.cancel() == null &&
      run.stop == null;
    String worker = Objects.requireNonNull(call.workerId());
    CallOrphaned.Policy policy = again
      ? CallOrphaned.Policy.REDISPATCHED
      : CallOrphaned.Policy.FAILED;
    run.append(new CallOrphaned(call.callId(), call.epoch(), worker, seenAt, policy));
    if (!again) {
      run.append(
        new CallFailed(
          call.callId(),
          call.epoch(),
          call.attempt(),
          FailureKind.WORKER_LOST,
          null,
          "worker " + worker + " fell silent",
          null,
          List.of(),
          null
        )
      );
    }
    run.put(call.ending());
  }

  private static boolean passed(@Nullable Instant time, CallDue due) {
    return time != null && !due.at().isBefore(time);
  }

  private static @Nullable Instant plusGrace(@Nullable Instant time) {
    return time == null ? null : time.plus(CallProgress.GRACE);
  }
}
