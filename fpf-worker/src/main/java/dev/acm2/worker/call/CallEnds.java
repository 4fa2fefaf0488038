package dev.acm2.worker.call;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Timings;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import java.time.Instant;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one gate to a call's end: whatever asks, exactly one [CallEnded] or one [CallHandedBack] is
/// written for a start, and nothing of it after that.
public final class CallEnds {

  private static final Logger LOG = LoggerFactory.getLogger(CallEnds.class);

  private final InFlightCalls calls;
  private final EventSink sink;
  private final CallConsole console;
  private final CallClock clock;

  public CallEnds(InFlightCalls calls, EventSink sink, CallConsole console, CallClock clock) {
    this.calls = calls;
    this.sink = sink;
    this.console = console;
    this.clock = clock;
  }

  void succeeded(InFlightCall call, CallResult result, Evidence evidence, Timings timings) {
    end(call, (item, so) ->
      new CallSucceeded(
        item.callId(),
        item.epoch(),
        so.attempt(),
        result,
        so.spend(),
        evidence,
        timings,
        so.artifacts()
      )
    );
  }

  void failed(InFlightCall call, FailureKind kind, String message) {
    failed(call, new Failure(kind, null, message), message);
  }

  /// @param message in place of the failure's own
  void failed(InFlightCall call, Failure failure, String message) {
    end(call, (item, so) ->
      new CallFailed(
        item.callId(),
        item.epoch(),
        so.attempt(),
        failure.kind(),
        failure.httpStatus(),
        message,
        so.spend(),
        so.artifacts(),
        failure.retryAfter()
      )
    );
  }

  /// @param enforcedAt when what was under way was stopped
  void timedOut(InFlightCall call, Instant enforcedAt, String message) {
    end(call, (_, so) -> timedOut(call, so, Enforcer.EXCHANGE, enforcedAt, message));
  }

  void cancelled(InFlightCall call, String reason) {
    end(call, (_, so) -> cancelled(call, so, reason));
  }

  /// The time-out of a call whose end is already claimed.
  CallTimedOut timedOut(
    InFlightCall call,
    Progress so,
    Enforcer enforcer,
    Instant enforcedAt,
    String message
  ) {
    return new CallTimedOut(
      call.item().callId(),
      call.item().epoch(),
      so.attempt(),
      call.deadlineAt(),
      enforcedAt,
      enforcer,
      message,
      so.spend(),
      so.artifacts()
    );
  }

  /// The cancellation of a call whose end is already claimed.
  CallCancelled cancelled(InFlightCall call, Progress so, String reason) {
    return new CallCancelled(
      call.item().callId(),
      call.item().epoch(),
      so.attempt(),
      reason,
      so.spend(),
      so.artifacts()
    );
  }

  private void end(InFlightCall call, BiFunction<WorkItem, Progress, CallEnded> event) {
    call.claim().ifPresent(so -> write(call, event.apply(call.item(), so)));
  }

  /// Writes the end of a call by whoever claimed it, and gives its slot back.
  void write(InFlightCall call, CallEnded event) {
    write(call, event, () -> console.ended(call, event));
  }

  /// Gives a call back by whoever claimed its end, and its slot too.
  void handBack(InFlightCall call, CallHandedBack event) {
    write(call, event, () -> console.handedBack(call, event));
  }

  private void write(InFlightCall call, CallEvent event, Runnable tell) {
    String how = event.getClass().getSimpleName();
    LOG.debug("call {} epoch {} ends: {}", event.callId(), event.epoch(), how);
    RunId runId = call.item().runId();
    try {
      call
        .voice()
        .fallSilent(clock)
        .ifPresent(last -> sink.publish(runId, last));
      sink.publish(runId, event);
      tell.run();
    } finally {
      calls.remove(call);
    }
  }
}
