package dev.acm2.worker.call;

import dev.acm2.contract.Suspicion;
import dev.acm2.evaluation.InjectionScan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Looks for passages that speak to a judge in what models wrote.
///
/// A megabyte takes about 0.4 s, more than a second at worst, and the search never pauses. On the
/// calls' virtual threads, of which only a few run at once, it would hold up all other calls and
/// those that watch their deadlines: it has threads of its own, and a call only waits for them.
public final class SuspicionScan implements AutoCloseable {

  /// Two at least, so that one huge text is not in the way of all others.
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  private final Function<String, List<Suspicion>> search;
  private final ExecutorService threads = Executors.newFixedThreadPool(
    THREADS,
    Thread.ofPlatform().name("worker-scan-", 1).daemon().factory()
  );

  public SuspicionScan() {
    this(InjectionScan::of);
  }

  SuspicionScan(Function<String, List<Suspicion>> search) {
    this.search = search;
  }

  /// What was found; empty when the waiting thread was interrupted, which happens to a call that
  /// somebody else has ended.
  Optional<List<Suspicion>> of(String text) {
    Future<List<Suspicion>> found = threads.submit(() -> search.apply(text));
    try {
      return Optional.of(found.get());
    } catch (InterruptedException e) {
      found.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the search for suspicious passages failed", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
