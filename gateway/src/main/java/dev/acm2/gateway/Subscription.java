package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.projection.AsOf;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client's place at the hub: the feed fills its inbox, the client's own thread empties it.
final class Subscription implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final RunId runId;
  private final Inbox inbox;
  private final long coveredFrom;
  private final boolean resumed;
  private final Consumer<Subscription> onClose;
  private boolean closed;
  private boolean shutdown;

  /// @param coveredFrom position in the topic of views from where on the inbox misses nothing
  /// @param resumed whether the inbox begins right after what the client has already
  Subscription(
    RunId runId,
    Inbox inbox,
    long coveredFrom,
    boolean resumed,
    Consumer<Subscription> onClose
  ) {
    this.runId = runId;
    this.inbox = inbox;
    this.coveredFrom = coveredFrom;
    this.resumed = resumed;
    this.onClose = onClose;
  }

  RunId runId() {
    return runId;
  }

  long coveredFrom() {
    return coveredFrom;
  }

  boolean resumed() {
    return resumed;
  }

  void offer(View view) {
    change(() -> inbox.offer(view));
  }

  void breakOff(String reason) {
    change(() -> inbox.breakOff(reason));
  }

  void startAt(AsOf version) {
    change(() -> inbox.startAt(version));
  }

  void shutdown() {
    change(() -> shutdown = true);
  }

  @Override
  public void close() {
    change(() -> closed = true);
    onClose.accept(this);
  }

  @Nullable
  Delta drain(Instant at) {
    lock.lock();
    try {
      return inbox.drain(at);
    } finally {
      lock.unlock();
    }
  }

  @Nullable
  String broken() {
    lock.lock();
    try {
      return inbox.broken();
    } finally {
      lock.unlock();
    }
  }

  int pending() {
    lock.lock();
    try {
      return inbox.pending();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  boolean isShutdown() {
    lock.lock();
    try {
      return shutdown;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the stream must end or be broken off, until something waits and its time has come, or
  /// until the latest moment. Moments are those of `System.nanoTime`.
  void await(long notBefore, long atTheLatest) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !shutdown && inbox.broken() == null) {
        long until = inbox.ready() ? Math.min(notBefore, atTheLatest) : atTheLatest;
        long nanos = until - System.nanoTime();
        if (nanos <= 0 || changed.awaitNanos(nanos) <= 0) {
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
