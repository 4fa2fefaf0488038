package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.Enforcer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second ring: ends calls that outlived their deadline or their cancellation, even when the
/// call's thread hangs, and tells of the others what they wait for. It never waits for that thread,
/// nor for a store or a log that does not answer.
public final class Watchdog {

  /// Time between two scans.
  public static final Duration PERIOD = Duration.ofMillis(250);

  /// The first ring ends a call at its deadline; before this has passed it is not called hung.
  static final Duration GRACE = Duration.ofMillis(250);

  /// A call whose exchange is over has this long to store what it brought: when many end at once,
  /// the store is busy, and an answer that came in time was paid for.
  static final Duration SETTLING_GRACE = Duration.ofSeconds(2);

  /// A cancelled call has this long to end by itself.
  static final Duration CANCEL_GRACE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final InFlightCalls calls;
  private final CallEnds ends;
  private final Remains remains;
  private final EventSink sink;
  private final CallClock clock;

  public Watchdog(
    InFlightCalls calls,
    CallEnds ends,
    ArtifactStore artifacts,
    EventSink sink,
    CallClock clock
  ) {
    this.calls = calls;
    this.ends = ends;
    this.remains = new Remains(artifacts);
    this.sink = sink;
    this.clock = clock;
  }

  /// Looks once at every call in flight. What only is told comes after what is enforced.
  public void scan() {
    Collection<InFlightCall> all = calls.all();
    all.forEach(this::enforceIfOverdue);
    all
      .stream()
      .filter(InFlightCall::mayGoOn)
      .forEach(call -> call.stages().look(sink, clock));
  }

  private void enforceIfOverdue(InFlightCall call) {
    InFlightCall.Cancelled cancelled = call.cancelled();
    Duration grace = call.isSettling() ? SETTLING_GRACE : GRACE;
    if (call.remaining(clock).plus(grace).isNegative()) {
      call.claim().ifPresent(so -> enforce(call, so, Optional.empty()));
    } else if (cancelled != null && isOverdue(cancelled)) {
      call.claim().ifPresent(so -> enforce(call, so, Optional.of(cancelled.reason())));
    }
  }

  private boolean isOverdue(InFlightCall.Cancelled cancelled) {
    return clock.nanoTime() - cancelled.atNanos() > CANCEL_GRACE.toNanos();
  }

  private void enforce(InFlightCall call, Progress so, Optional<String> cancelReason) {
    LOG.warn("the watchdog ends call {} of run {}", call.item().callId(), call.item().runId());
    call.release();
    Instant at = clock.now();
    Thread.ofVirtual()
      .name("watchdog-" + call.item().callId())
      .start(() -> finish(call, so, at, cancelReason));
  }

  private void finish(InFlightCall call, Progress so, Instant at, Optional<String> cancelReason) {
    Remains.Kept kept = remains.keep(call, so);
    CallEnded end = cancelReason
      .<CallEnded>map(reason -> ends.cancelled(call, kept.progress(), reason + kept.note()))
      .orElseGet(() ->
        ends.timedOut(
          call,
          kept.progress(),
          Enforcer.WATCHDOG,
          at,
          "the call did not end at its deadline by itself" + kept.note()
        )
      );
    ends.write(call, end);
  }
}
