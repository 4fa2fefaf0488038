package dev.acm2.worker.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clocks of this machine.
public final class SystemCallClock implements CallClock {

  private static final Logger LOG = LoggerFactory.getLogger(SystemCallClock.class);

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void pause(Duration delay, CountDownLatch wakeUp) {
    try {
      boolean woken = wakeUp.await(delay.toNanos(), TimeUnit.NANOSECONDS);
      LOG.trace("paused {}, woken: {}", delay, woken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
