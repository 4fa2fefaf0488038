package dev.acm2.worker.call;

import java.util.Optional;
import java.util.function.Function;

/// Gives each started call its own virtual thread.
public final class CallStarter {

  private final InFlightCalls calls;
  private final CallLoop loop;
  private final CallClock clock;
  private final Function<InFlightCall, Optional<String>> cancelReason;

  /// @param cancelReason why the call or its run was cancelled, empty when it was not
  public CallStarter(
    InFlightCalls calls,
    CallLoop loop,
    CallClock clock,
    Function<InFlightCall, Optional<String>> cancelReason
  ) {
    this.calls = calls;
    this.loop = loop;
    this.clock = clock;
    this.cancelReason = cancelReason;
  }

  /// The call is in flight when this returns. A cancel that came in the meantime is not missed: the
  /// control reader first notes it and then looks for calls, and here it is the other way round.
  public void start(InFlightCall call) {
    calls.add(call);
    cancelReason.apply(call).ifPresent(reason -> call.cancel(reason, clock.nanoTime()));
    Thread.ofVirtual()
      .name("call-" + call.item().callId())
      .start(() -> loop.run(call));
  }
}
