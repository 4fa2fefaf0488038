package dev.acm2.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for conditions instead of for time.
public final class Await {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /// Returns when the condition holds; fails with the description when it does not in time.
  public static void until(String description, Duration patience, Callable<Boolean> condition) {
    value(description, patience, () -> condition.call() ? Optional.of(true) : Optional.empty());
  }

  /// Returns the first value there is.
  public static <T> T value(String description, Duration patience, Callable<Optional<T>> source) {
    long giveUpAt = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> value = call(description, source);
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() - giveUpAt > 0) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + description);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static <T> Optional<T> call(String description, Callable<Optional<T>> source) {
    try {
      return source.call();
    } catch (Exception e) {
      throw new AssertionError("failed while waiting: " + description, e);
    }
  }
}
