package dev.acm2.projection;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallView.EpochEnd;
import dev.acm2.projection.CallView.Progress;
import dev.acm2.projection.CallView.Retry;
import org.jspecify.annotations.Nullable;

/// The fold of one call.
///
/// Laws: the first end in the order of the log decides, and an end out of an older epoch never does;
/// a success is left only when its phase is run anew; a copy of an event changes nothing; spend is
/// absolute by epoch, so late answers are charged and nothing is charged twice.
final class CallFold {

  private static final String HANDED_BACK = "HANDED_BACK";

  private final CallDraft call;
  private final EventMeta meta;
  private final String type;
  private final boolean anew;

  private CallFold(CallDraft call, EventMeta meta, String type, boolean anew) {
    this.call = call;
    this.meta = meta;
    this.type = type;
    this.anew = anew;
  }

  /// The call after the event; the very same object when the event changes nothing.
  ///
  /// @param anew whether it was asked to run the call's phase anew, its successes too
  static CallView evolve(
    @Nullable CallView before,
    RecordedEvent recorded,
    CallEvent event,
    long offset,
    boolean anew
  ) {
    CallDraft draft = CallDraft.of(recorded.runId(), event.callId(), before);
    new CallFold(draft, recorded.meta(), EventType.of(event).wireName(), anew).apply(event);
    CallView same = draft.freeze(before == null ? offset : before.version());
    return before != null && same.equals(before) ? before : draft.freeze(offset);
  }

  private void apply(CallEvent event) {
    boolean names = event instanceof CallQueued || event instanceof CallSkipped;
    if (call.state == CallState.STRAY && !names) {
      call.history.addAnomaly(meta, type, "the call was never queued");
      return;
    }
    switch (event) {
      case CallQueued queued -> queued(queued);
      case CallDispatched dispatched -> dispatched(dispatched);
      case CallStarted started -> started(started);
      case CallProgressed progressed -> progressed(progressed);
      case CallHandedBack handedBack -> handedBack(handedBack);
      case CallRetried retried -> retried(retried);
      case CallOrphaned orphaned -> orphaned(orphaned);
      case CallEnded ended -> new CallEnding(call, meta, type, anew).apply(ended);
    }
  }

  private void queued(CallQueued event) {
    boolean isNext = event.epoch() > call.epoch;
    if (isNext && call.state == CallState.OK && !anew) {
      call.history.addAnomaly(meta, type, "queued again after its success");
    } else if (isNext && (call.state.ended() || call.state == CallState.STRAY)) {
      call.phase = event.phase();
      call.document = event.document();
      call.model = event.model();
      call.iteration = event.iteration();
      call.subject = event.subject();
      call.open(event.epoch(), meta.occurredAt());
    }
  }

  private void dispatched(CallDispatched event) {
    if (call.state == CallState.QUEUED && event.epoch() == call.epoch) {
      call.state = CallState.DISPATCHED;
      call.dispatchedAt = meta.occurredAt();
      call.reservedUsd = event.reservedUsd() == null ? Usd.ZERO : event.reservedUsd();
    }
  }

  private void started(CallStarted event) {
    call.spend.started(event.epoch());
    boolean waits = call.state == CallState.QUEUED || call.state == CallState.DISPATCHED;
    if (waits && event.epoch() == call.epoch) {
      call.state = CallState.IN_FLIGHT;
      call.attempt = event.attempt();
      call.workerId = event.workerId();
      call.startedAt = meta.occurredAt();
      call.deadlineAt = event.deadlineAt();
    } else if (isUnderWay(event) && !event.workerId().equals(call.workerId)) {
      call.history.addAnomaly(meta, type, "started twice in epoch " + event.epoch());
    }
  }

  /// The clock of the worker orders what an attempt told: a copy of something older changes nothing.
  private void progressed(CallProgressed event) {
    Progress known = call.progress;
    boolean isNewer = known == null || meta.occurredAt().isAfter(known.at());
    if (isUnderWay(event) && event.attempt() == call.attempt && isNewer) {
      call.progress = new Progress(event.message(), event.share(), meta.occurredAt());
    }
  }

  private void handedBack(CallHandedBack event) {
    call.spend.told(event.epoch(), event.spend());
    call.history.add(event.artifacts());
    if (isUnderWay(event)) {
      call.breakOff(EpochEnd.HANDED_BACK, meta.occurredAt());
      call.failedWith(meta, HANDED_BACK, event.reason(), null, event.attempt());
    }
  }

  private void retried(CallRetried event) {
    call.spend.retried(event.epoch(), event.spend());
    call.history.add(event.artifacts());
    call.history.add(retry(event));
    if (isUnderWay(event) && event.attempt() > call.attempt) {
      call.attempt = event.attempt();
      call.nextAttemptAt = meta.occurredAt().plus(event.delay());
      call.progress = null;
      call.failedWith(
        meta,
        event.cause().name(),
        event.message(),
        event.httpStatus(),
        event.attempt() - 1
      );
    }
  }

  private Retry retry(CallRetried event) {
    return new Retry(
      event.epoch(),
      event.attempt(),
      event.cause(),
      event.message(),
      event.httpStatus(),
      event.delay(),
      event.remainingBudget(),
      meta.occurredAt()
    );
  }

  private void orphaned(CallOrphaned event) {
    if (!isUnderWay(event)) {
      return;
    }
    int lostAttempt = call.attempt;
    switch (event.policy()) {
      case REDISPATCHED -> call.breakOff(EpochEnd.LOST, meta.occurredAt());
      case FAILED -> call.progress = null;
    }
    String message = "worker " + event.workerId() + " fell silent";
    call.failedWith(meta, FailureKind.WORKER_LOST.name(), message, null, lostAttempt);
  }

  private boolean isUnderWay(CallEvent event) {
    return call.state == CallState.IN_FLIGHT && event.epoch() == call.epoch;
  }
}
