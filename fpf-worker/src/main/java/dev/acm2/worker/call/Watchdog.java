package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.worker.provider.Exchange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second ring: ends calls that outlived their deadline or their cancellation, even when the
/// call's thread hangs. It never waits for that thread, nor for a store that does not answer.
public final class Watchdog {

  /// Time between two scans.
  public static final Duration PERIOD = Duration.ofMillis(250);

  /// The first ring ends a call at its deadline; before this has passed it is not called hung.
  static final Duration GRACE = Duration.ofMillis(250);

  /// A cancelled call has this long to end by itself.
  static final Duration CANCEL_GRACE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(2);

  private final InFlightCalls calls;
  private final CallEnds ends;
  private final CallFiles files;
  private final CallClock clock;

  public Watchdog(InFlightCalls calls, CallEnds ends, ArtifactStore artifacts, CallClock clock) {
    this.calls = calls;
    this.ends = ends;
    this.files = new CallFiles(artifacts);
    this.clock = clock;
  }

  /// Looks once at every call in flight.
  public void scan() {
    calls.all().forEach(this::look);
  }

  private void look(InFlightCall call) {
    InFlightCall.Cancelled cancelled = call.cancelled();
    if (call.remaining(clock).plus(GRACE).isNegative()) {
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
    Thread.ofVirtual()
      .name("watchdog-" + call.item().callId())
      .start(() -> finish(call, so, cancelReason));
  }

  private void finish(InFlightCall call, Progress so, Optional<String> cancelReason) {
    Kept kept = keep(call, so);
    CallEnded end = cancelReason
      .<CallEnded>map(reason -> ends.cancelled(call, kept.progress(), reason + kept.note()))
      .orElseGet(() ->
        ends.timedOut(
          call,
          kept.progress(),
          Enforcer.WATCHDOG,
          "the call did not end at its deadline by itself" + kept.note()
        )
      );
    ends.write(call, end);
  }

  /// What could be stored of the answer.
  ///
  /// @param note for the message, empty when nothing was lost
  private record Kept(Progress progress, String note) {}

  private Kept keep(InFlightCall call, Progress so) {
    boolean stored = so
      .artifacts()
      .stream()
      .anyMatch(each -> each.role() == Role.RESPONSE);
    boolean betweenAttempts = so.artifacts().isEmpty();
    if (stored || betweenAttempts) {
      return new Kept(so, "");
    }
    try {
      return CompletableFuture.supplyAsync(() -> store(call, so), Thread::startVirtualThread)
        .get(STORE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(response -> new Kept(so.with(response), ""))
        .orElse(new Kept(so, ""));
    } catch (TimeoutException | ExecutionException e) {
      LOG.error("what call {} had got could not be stored", call.item().callId(), e);
      return new Kept(so, "; what had arrived could not be stored");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Kept(so, "; what had arrived was not stored");
    }
  }

  private Optional<CallArtifact> store(InFlightCall call, Progress so) {
    return call
      .exchange()
      .map(Exchange::arrived)
      .flatMap(arrived -> files.response(call.item(), so.attempt(), arrived));
  }
}
