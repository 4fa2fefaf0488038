package dev.acm2.worker;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task again and again on a thread of its own; an error is told and does not end it.
final class Periodic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

  private final String name;
  private final Runnable task;
  private final ScheduledExecutorService thread;

  private Periodic(String name, Runnable task) {
    this.name = name;
    this.task = task;
    this.thread = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().name(name).daemon().factory()
    );
  }

  /// @param period between the end of one run and the begin of the next
  static Periodic start(String name, Duration period, Runnable task) {
    Periodic periodic = new Periodic(name, task);
    ScheduledFuture<?> _ = periodic.thread.scheduleWithFixedDelay(
      periodic::once,
      0,
      period.toMillis(),
      TimeUnit.MILLISECONDS
    );
    return periodic;
  }

  private void once() {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("{} failed, it goes on", name, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
