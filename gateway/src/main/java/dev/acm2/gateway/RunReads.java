package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Reads of one run that grant a run that was accepted a moment ago the time to reach the tables: its
/// request is acknowledged by the log, and the tables follow.
final class RunReads {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PAUSE_MS = 50;

  private final RunHub hub;

  RunReads(RunHub hub) {
    this.hub = hub;
  }

  /// What the reading finds, within 5 s.
  ///
  /// @throws ProblemException run-not-found; store-unavailable when the run is known to exist
  <T> T await(RunId runId, Supplier<Optional<T>> reading) {
    long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    Optional<T> found = reading.get();
    while (found.isEmpty() && System.nanoTime() - giveUpAt < 0) {
      pause();
      found = reading.get();
    }
    return found.orElseThrow(() ->
      hub.knows(runId) ? ProblemException.viewsBehind() : ProblemException.runNotFound()
    );
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.storeUnavailable(e);
    }
  }
}
