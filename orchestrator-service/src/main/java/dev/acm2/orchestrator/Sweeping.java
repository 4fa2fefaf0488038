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
    Stop stop = run.stop;
    switch (call.status()) {
      case RELEASED, ENDING -> {
      }
      case DISPATCHED -> {
        if (stop != null && passed(call.stopAt(), due)) {
          skip(run, call, stop.cause().reason(), stop.message());
        } else if (passed(plusGrace(call.startBy()), due)) {
          skip(run, call, CallSkipped.Reason.QUEUE_TTL, "no worker took it in time");
        } else {
          run.put(call.watched(due.workerSeenAt()));
        }
      }
      case STARTED -> started(run, call, due, stop);
    }
  }

  private static void started(RunDraft run, CallProgress call, CallDue due, @Nullable Stop stop) {
    Instant seenAt = call.lastSignOfLife(due.workerSeenAt());
    if (passed(plusGrace(call.deadlineAt()), due)) {
      timeOut(run, call, due.at());
    } else if (stop != null && passed(call.stopAt(), due)) {
      run.append(
        new CallCancelled(
          call.callId(),
          call.epoch(),
          call.attempt(),
          stop.message(),
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
    run.append(run.plan.call(call.index()).skipped(call.epoch(), reason, message));
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

  /// A call is sent again at most once, and never for a run that stops.
  private static void orphan(RunDraft run, CallProgress call, Instant seenAt) {
    boolean again =
      run.plan.spec().limits().onWorkerLost() == Limits.OnWorkerLost.RETRY_ONCE &&
      call.epoch() == 1 &&
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
          List.of()
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
