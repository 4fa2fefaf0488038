package dev.acm2.worker.call;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.Timings;
import dev.acm2.contract.WorkItem;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one gate to a call's end: whatever asks, exactly one [CallEnded] is written for a start.
public final class CallEnds {

  private static final Logger LOG = LoggerFactory.getLogger(CallEnds.class);

  private final InFlightCalls calls;
  private final EventSink sink;
  private final CallClock clock;

  public CallEnds(InFlightCalls calls, EventSink sink, CallClock clock) {
    this.calls = calls;
    this.sink = sink;
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

  void failed(InFlightCall call, FailureKind kind, @Nullable Integer httpStatus, String message) {
    end(call, (item, so) ->
      new CallFailed(
        item.callId(),
        item.epoch(),
        so.attempt(),
        kind,
        httpStatus,
        message,
        so.spend(),
        so.artifacts()
      )
    );
  }

  void timedOut(InFlightCall call, String message) {
    end(call, (_, so) -> timedOut(call, so, Enforcer.EXCHANGE, message));
  }

  void cancelled(InFlightCall call, String reason) {
    end(call, (_, so) -> cancelled(call, so, reason));
  }

  /// The time-out of a call whose end is already claimed.
  CallTimedOut timedOut(InFlightCall call, Progress so, Enforcer enforcer, String message) {
    return new CallTimedOut(
      call.item().callId(),
      call.item().epoch(),
      so.attempt(),
      call.deadlineAt(),
      clock.now(),
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
    String how = event.getClass().getSimpleName();
    LOG.debug("call {} epoch {} ends: {}", event.callId(), event.epoch(), how);
    try {
      sink.publish(call.item().runId(), event);
    } finally {
      calls.remove(call);
    }
  }
}
