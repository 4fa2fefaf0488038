package dev.acm2.standalone;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs, by rank: a part needs only parts of lower rank, and is stopped before them. A part that
/// does not stop in time is left behind, so that it cannot keep the database and the log from closing.
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final ConcurrentSkipListMap<Integer, Part> running = new ConcurrentSkipListMap<>();
  private final Duration patience;

  private record Part(String label, AutoCloseable handle) {}

  /// @param patience how long one part may take to stop
  Parts(Duration patience) {
    this.patience = patience;
  }

  void started(int rank, String label, AutoCloseable handle) {
    running.put(rank, new Part(label, handle));
  }

  /// Stops one part; does nothing when it does not run.
  void stop(int rank) {
    Optional.ofNullable(running.remove(rank)).ifPresent(this::stop);
  }

  @Override
  public void close() {
    for (
      Map.Entry<Integer, Part> last = running.pollLastEntry();
      last != null;
      last = running.pollLastEntry()
    ) {
      stop(last.getValue());
    }
  }

  private void stop(Part part) {
    FutureTask<Boolean> stopping = new FutureTask<>(() -> {
      part.handle().close();
      return true;
    });
    Thread.ofPlatform()
      .daemon()
      .name("stop-" + part.label())
      .start(stopping);
    try {
      stopping.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("{} has stopped", part.label());
    } catch (ExecutionException e) {
      LOG.error("{} did not stop cleanly", part.label(), e.getCause());
    } catch (TimeoutException e) {
      LOG.error("{} did not stop within {} s", part.label(), patience.toSeconds());
    } catch (InterruptedException e) {
      // Whoever interrupts a stop wants it faster, but the other parts must still be told.
      LOG.warn("interrupted while stopping {}", part.label());
      Thread.currentThread().interrupt();
    }
  }
}
