package dev.acm2.worker.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/// The time of a call. Deadlines are kept by the monotonic clock, so that a jump of the wall clock
/// neither ends a call nor lets it live on.
public interface CallClock {
  /// For what is written down.
  Instant now();

  /// For what is measured, as [System#nanoTime].
  long nanoTime();

  /// Returns after the delay, or at once when the latch opens.
  void pause(Duration delay, CountDownLatch wakeUp);
}
