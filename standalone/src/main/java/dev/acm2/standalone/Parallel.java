package dev.acm2.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Several starts at once.
final class Parallel {

  private Parallel() {}

  /// Runs all tasks and returns when the last one has ended.
  ///
  /// @throws RuntimeException the first failure in the order of the tasks; the others are suppressed in
  ///     it
  static void run(List<Runnable> tasks) {
    List<Future<?>> futures = new ArrayList<>();
    try (
      ExecutorService threads = Executors.newCachedThreadPool(
        Thread.ofPlatform().name("start-", 1).factory()
      )
    ) {
      tasks.forEach(task -> futures.add(threads.submit(task)));
    }
    List<Throwable> failures = futures
      .stream()
      .map(Parallel::failure)
      .flatMap(List::stream)
      .toList();
    if (!failures.isEmpty()) {
      Throwable first = failures.getFirst();
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first instanceof RuntimeException known ? known : new IllegalStateException(first);
    }
  }

  private static List<Throwable> failure(Future<?> future) {
    try {
      future.get();
      return List.of();
    } catch (ExecutionException e) {
      return List.of(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(e);
    }
  }
}
