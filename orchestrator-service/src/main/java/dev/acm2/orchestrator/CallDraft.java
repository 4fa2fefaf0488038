package dev.acm2.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What of a call may change between its release and its end.
final class CallDraft {

  CallProgress.Status status;
  int attempt;

  @Nullable
  String workerId;

  @Nullable
  Instant startBy;

  @Nullable
  Instant startedAt;

  @Nullable
  Instant deadlineAt;

  @Nullable
  Instant stopAt;

  @Nullable
  Instant dueAt;

  @Nullable
  Boolean resent;

  @Nullable
  String cancel;

  private final CallProgress before;

  CallDraft(CallProgress call) {
    before = call;
    status = call.status();
    attempt = call.attempt();
    workerId = call.workerId();
    startBy = call.startBy();
    startedAt = call.startedAt();
    deadlineAt = call.deadlineAt();
    stopAt = call.stopAt();
    dueAt = call.dueAt();
    resent = call.resent();
    cancel = call.cancel();
  }

  CallProgress freeze() {
    return new CallProgress(
      before.callId(),
      before.index(),
      before.epoch(),
      status,
      before.granted(),
      before.reserved(),
      attempt,
      workerId,
      startBy,
      startedAt,
      deadlineAt,
      stopAt,
      dueAt,
      before.lane(),
      resent,
      cancel,
      before.round()
    );
  }
}
