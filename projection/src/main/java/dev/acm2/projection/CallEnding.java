package dev.acm2.projection;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallView.Late;

/// The fold of the ends of a call: the first one decides, the others are late.
final class CallEnding {

  private final CallDraft call;
  private final EventMeta meta;
  private final String type;
  private final boolean anew;

  /// @param anew as in [CallFold]
  CallEnding(CallDraft call, EventMeta meta, String type, boolean anew) {
    this.call = call;
    this.meta = meta;
    this.type = type;
    this.anew = anew;
  }

  void apply(CallEnded event) {
    Spend spend = event.spend();
    if (spend != null) {
      call.spend.told(event.epoch(), spend);
    }
    call.history.add(event.artifacts());
    if (isSkippedAgain(event)) {
      call.open(event.epoch(), null);
    }
    boolean opensUnseen = call.state == CallState.STRAY;
    if (opensUnseen || (!call.state.ended() && event.epoch() >= call.epoch)) {
      decide(event);
    } else if (!decidedBefore()) {
      call.history.add(
        new Late(meta.eventId(), type, event.epoch(), event.attempt(), meta.occurredAt())
      );
    }
  }

  /// A call that was to run again and cannot: what it works on does not exist any more, for example.
  private boolean isSkippedAgain(CallEnded event) {
    boolean mayOpen = call.state == CallState.OK ? anew : call.state.ended();
    return event instanceof CallSkipped && event.epoch() > call.epoch && mayOpen;
  }

  private boolean decidedBefore() {
    return meta.eventId().equals(call.endedBy) || call.earlierEnds.containsValue(meta.eventId());
  }

  private void decide(CallEnded event) {
    call.epoch = event.epoch();
    call.attempt = Math.max(call.attempt, event.attempt());
    call.nextAttemptAt = null;
    call.finishedAt = meta.occurredAt();
    call.endedBy = meta.eventId();
    call.progress = null;
    call.reservedUsd = Usd.ZERO;
    switch (event) {
      case CallSucceeded succeeded -> succeeded(succeeded);
      case CallFailed failed -> failed(failed);
      case CallTimedOut timedOut -> timedOut(timedOut);
      case CallCancelled cancelled -> cancelled(cancelled);
      case CallSkipped skipped -> skipped(skipped);
    }
  }

  /// A success without an attempt is a document that was taken over: nobody had to start it.
  private void succeeded(CallSucceeded event) {
    if (call.startedAt == null && event.attempt() > 0) {
      call.history.addAnomaly(meta, type, "succeeded without a start");
    }
    call.state = CallState.OK;
    call.lastError = call.lastError == null ? null : call.lastError.recovered();
    call.given = Given.of(event.result());
  }

  private void failed(CallFailed event) {
    call.state = CallState.FAILED;
    call.failedWith(
      meta,
      event.kind().name(),
      event.message(),
      event.httpStatus(),
      event.attempt()
    );
  }

  private void timedOut(CallTimedOut event) {
    call.state = CallState.TIMED_OUT;
    call.deadlineAt = event.deadline();
    call.enforcedBy = event.enforcedBy();
    call.enforcedAt = event.enforcedAt();
    call.failedWith(meta, "TIMED_OUT", event.message(), null, event.attempt());
  }

  private void cancelled(CallCancelled event) {
    call.state = CallState.CANCELLED;
    call.failedWith(meta, "CANCELLED", event.reason(), null, event.attempt());
  }

  private void skipped(CallSkipped event) {
    call.phase = event.phase();
    call.document = event.document();
    call.model = event.model();
    call.iteration = event.iteration();
    call.subject = event.subject() == null ? call.subject : event.subject();
    call.state = CallState.SKIPPED;
    call.savedUsd = event.saved() == null ? Usd.ZERO : event.saved();
    call.failedWith(meta, event.reason().name(), event.message(), null, 0);
  }
}
