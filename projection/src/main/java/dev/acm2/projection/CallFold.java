package dev.acm2.projection;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallView.LastError;
import dev.acm2.projection.CallView.Late;
import dev.acm2.projection.CallView.Retry;
import org.jspecify.annotations.Nullable;

/// The fold of one call.
///
/// Laws: the first end in the order of the log decides, and an end out of an older epoch never does;
/// a copy of an event changes nothing; spend is absolute by epoch, so late answers are charged and
/// nothing is charged twice.
final class CallFold {

  private final CallDraft call;
  private final EventMeta meta;
  private final String type;

  private CallFold(CallDraft call, EventMeta meta, String type) {
    this.call = call;
    this.meta = meta;
    this.type = type;
  }

  /// The call after the event; the very same object when the event changes nothing.
  static CallView evolve(
    @Nullable CallView before,
    RecordedEvent recorded,
    CallEvent event,
    long offset
  ) {
    CallDraft draft = CallDraft.of(recorded.runId(), event.callId(), before);
    new CallFold(draft, recorded.meta(), EventType.of(event).wireName()).apply(event);
    CallView same = draft.freeze(before == null ? offset : before.version());
    return before != null && same.equals(before) ? before : draft.freeze(offset);
  }

  private void apply(CallEvent event) {
    boolean names = event instanceof CallQueued || event instanceof CallSkipped;
    if (call.state == CallState.STRAY && !names) {
      call.addAnomaly(meta, type, "the call was never queued");
      return;
    }
    switch (event) {
      case CallQueued queued -> queued(queued);
      case CallDispatched dispatched -> dispatched(dispatched);
      case CallStarted started -> started(started);
      case CallProgressed _, CallHandedBack _ -> {
      }
      case CallRetried retried -> retried(retried);
      case CallOrphaned orphaned -> orphaned(orphaned);
      case CallEnded ended -> ended(ended);
    }
  }

  private void queued(CallQueued event) {
    boolean reopens =
      event.epoch() > call.epoch && (call.state.ended() || call.state == CallState.STRAY);
    if (!reopens) {
      return;
    }
    call.phase = event.phase();
    call.document = event.document();
    call.model = event.model();
    call.iteration = event.iteration();
    call.subject = event.subject();
    call.queuedAt = meta.occurredAt();
    waitInEpoch(event.epoch());
  }

  private void waitInEpoch(int epoch) {
    call.state = CallState.QUEUED;
    call.epoch = epoch;
    call.attempt = 0;
    call.workerId = null;
    call.dispatchedAt = null;
    call.startedAt = null;
    call.deadlineAt = null;
    call.nextAttemptAt = null;
    call.finishedAt = null;
    call.endedBy = null;
    call.enforcedBy = null;
    call.enforcedAt = null;
  }

  private void dispatched(CallDispatched event) {
    if (call.state == CallState.QUEUED && event.epoch() == call.epoch) {
      call.state = CallState.DISPATCHED;
      call.dispatchedAt = meta.occurredAt();
    }
  }

  private void started(CallStarted event) {
    call.spendByEpoch.putIfAbsent(event.epoch(), new Spend(1, Usage.NONE, Usd.ZERO));
    boolean waits = call.state == CallState.QUEUED || call.state == CallState.DISPATCHED;
    if (waits && event.epoch() == call.epoch) {
      call.state = CallState.IN_FLIGHT;
      call.attempt = event.attempt();
      call.workerId = event.workerId();
      call.startedAt = meta.occurredAt();
      call.deadlineAt = event.deadlineAt();
    } else if (
      call.state == CallState.IN_FLIGHT &&
      event.epoch() == call.epoch &&
      !event.workerId().equals(call.workerId)
    ) {
      call.addAnomaly(meta, type, "started twice in epoch " + event.epoch());
    }
  }

  private void retried(CallRetried event) {
    call.spendByEpoch.merge(event.epoch(), event.spend(), CallFold::larger);
    call.addArtifacts(event.artifacts());
    call.addRetry(
      new Retry(
        event.epoch(),
        event.attempt(),
        event.cause(),
        event.message(),
        event.httpStatus(),
        event.delay(),
        event.remainingBudget(),
        meta.occurredAt()
      )
    );
    boolean current = call.state == CallState.IN_FLIGHT && event.epoch() == call.epoch;
    if (current && event.attempt() > call.attempt) {
      call.attempt = event.attempt();
      call.nextAttemptAt = meta.occurredAt().plus(event.delay());
      failedWith(event.cause().name(), event.message(), event.httpStatus(), event.attempt() - 1);
    }
  }

  private void orphaned(CallOrphaned event) {
    boolean current = call.state == CallState.IN_FLIGHT && event.epoch() == call.epoch;
    if (!current) {
      return;
    }
    switch (event.policy()) {
      case REDISPATCHED -> {
        int lostAttempt = call.attempt;
        waitInEpoch(event.epoch() + 1);
        lost(event, lostAttempt);
      }
      case FAILED -> lost(event, call.attempt);
    }
  }

  private void lost(CallOrphaned event, int attempt) {
    failedWith(
      FailureKind.WORKER_LOST.name(),
      "worker " + event.workerId() + " fell silent",
      null,
      attempt
    );
  }

  private void ended(CallEnded event) {
    Spend spend = event.spend();
    if (spend != null) {
      call.spendByEpoch.put(event.epoch(), spend);
    }
    call.addArtifacts(event.artifacts());
    boolean opensUnseen = call.state == CallState.STRAY;
    if (!opensUnseen && (call.state.ended() || event.epoch() < call.epoch)) {
      if (!meta.eventId().equals(call.endedBy)) {
        call.addLate(
          new Late(meta.eventId(), type, event.epoch(), event.attempt(), meta.occurredAt())
        );
      }
      return;
    }
    decide(event);
  }

  private void decide(CallEnded event) {
    call.epoch = event.epoch();
    call.attempt = Math.max(call.attempt, event.attempt());
    call.nextAttemptAt = null;
    call.finishedAt = meta.occurredAt();
    call.endedBy = meta.eventId();
    switch (event) {
      case CallSucceeded succeeded -> succeeded(succeeded);
      case CallFailed failed -> {
        call.state = CallState.FAILED;
        failedWith(failed.kind().name(), failed.message(), failed.httpStatus(), failed.attempt());
      }
      case CallTimedOut timedOut -> timedOut(timedOut);
      case CallCancelled cancelled -> {
        call.state = CallState.CANCELLED;
        failedWith("CANCELLED", cancelled.reason(), null, cancelled.attempt());
      }
      case CallSkipped skipped -> skipped(skipped);
    }
  }

  private void succeeded(CallSucceeded event) {
    if (call.startedAt == null) {
      call.addAnomaly(meta, type, "succeeded without a start");
    }
    call.state = CallState.OK;
    call.lastError = call.lastError == null ? null : call.lastError.recovered();
    if (event.result() instanceof CallResult.Document document) {
      call.preview = document.preview();
    }
  }

  private void timedOut(CallTimedOut event) {
    call.state = CallState.TIMED_OUT;
    call.enforcedBy = event.enforcedBy();
    call.enforcedAt = event.enforcedAt();
    failedWith("TIMED_OUT", event.message(), null, event.attempt());
  }

  private void skipped(CallSkipped event) {
    call.phase = event.phase();
    call.document = event.document();
    call.model = event.model();
    call.iteration = event.iteration();
    call.state = CallState.SKIPPED;
    failedWith(event.reason().name(), event.message(), null, 0);
  }

  private void failedWith(String kind, String message, @Nullable Integer httpStatus, int attempt) {
    call.lastError = new LastError(kind, message, httpStatus, attempt, meta.occurredAt(), true);
  }

  private static Spend larger(Spend a, Spend b) {
    return a.attempts() > b.attempts() || a.costUsd().compareTo(b.costUsd()) > 0 ? a : b;
  }
}
