package dev.acm2.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/// Ends the process when it is told to: first everything that runs, in order, then the JVM, with the
/// exit code 128 + the number of the signal. A start under way is broken off.
final class Stopping {

  private final Thread starter;
  private final CountDownLatch startOver = new CountDownLatch(1);
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile @Nullable Standalone standalone;

  /// @param starter is interrupted when the signal comes before [#startOver]
  Stopping(Thread starter) {
    this.starter = starter;
  }

  /// To be called once, after the start has succeeded or failed. Does not return when the process is
  /// about to end by a signal.
  ///
  /// @param running null when the start failed and cleaned up after itself
  void startOver(@Nullable Standalone running) {
    standalone = running;
    startOver.countDown();
    if (asked.get()) {
      untilTheEnd();
    }
  }

  void on(Signal signal) {
    if (asked.compareAndSet(false, true)) {
      System.err.println("stopping");
      if (startOver.getCount() > 0) {
        starter.interrupt();
      }
      try {
        startOver.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Standalone running = standalone;
      if (running != null) {
        running.close();
      }
      System.exit(128 + signal.getNumber());
    }
  }

  /// Returns never: a signal ends the process.
  static void untilTheEnd() {
    CountDownLatch never = new CountDownLatch(1);
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Only the signal's thread ends the process, and it has been told.
        continue;
      }
    }
  }
}
