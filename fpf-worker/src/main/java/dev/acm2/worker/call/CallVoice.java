package dev.acm2.worker.call;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said of a call while it goes on.
///
/// Guarantees: one event after the other, and none after [#fallSilent]; of the progress at most one
/// report a second, where the latest wins, and the last one before the end is not lost.
final class CallVoice {

  static final Duration PROGRESS_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(CallVoice.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RunId runId;
  private final ReentrantLock speaking = new ReentrantLock();
  private final CountDownLatch end = new CountDownLatch(1);

  private @Nullable CallProgressed latest;
  private boolean waiting;
  private boolean silent;
  private long notBeforeNanos;
  private boolean hasReported;

  CallVoice(RunId runId) {
    this.runId = runId;
  }

  /// Returns when the event is written; false, and nothing is, when the call is silent.
  boolean say(EventSink sink, RunEvent event) {
    speaking.lock();
    try {
      if (isSilent()) {
        return false;
      }
      sink.publish(runId, event);
      return true;
    } finally {
      speaking.unlock();
    }
  }

  /// Notes how far the call is and returns at once.
  void report(EventSink sink, CallClock clock, CallProgressed progress) {
    synchronized (this) {
      if (silent) {
        return;
      }
      latest = progress;
      if (waiting) {
        return;
      }
      waiting = true;
    }
    Thread.ofVirtual()
      .name("progress-" + progress.callId())
      .start(() -> sayInTime(sink, clock));
  }

  private void sayInTime(EventSink sink, CallClock clock) {
    while (!isSilent() && untilNext(clock).isPositive()) {
      clock.pause(untilNext(clock), end);
    }
    synchronized (this) {
      waiting = false;
    }
    flush(sink, clock);
  }

  private synchronized Duration untilNext(CallClock clock) {
    long nanos = hasReported ? notBeforeNanos - clock.nanoTime() : 0;
    return Duration.ofNanos(Math.max(0, nanos));
  }

  /// Says now what waits to be said: before the attempt that it is about is over.
  void flush(EventSink sink, CallClock clock) {
    speaking.lock();
    try {
      Optional<CallProgressed> last = isSilent() ? Optional.empty() : take(clock);
      last.ifPresent(progress -> sink.publish(runId, progress));
    } finally {
      speaking.unlock();
    }
  }

  private synchronized Optional<CallProgressed> take(CallClock clock) {
    Optional<CallProgressed> last = Optional.ofNullable(latest);
    latest = null;
    if (last.isPresent()) {
      hasReported = true;
      notBeforeNanos = clock.nanoTime() + PROGRESS_PAUSE.toNanos();
    }
    return last;
  }

  private synchronized boolean isSilent() {
    return silent;
  }

  /// From now on nothing is said. Waits for what is being said, for 2 s at the most.
  ///
  /// @return what is left to be said before the end of the call
  Optional<CallProgressed> fallSilent(CallClock clock) {
    Optional<CallProgressed> last;
    synchronized (this) {
      last = silent ? Optional.empty() : take(clock);
      silent = true;
    }
    end.countDown();
    awaitSpeaker();
    return last;
  }

  private void awaitSpeaker() {
    try {
      if (speaking.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        speaking.unlock();
      } else {
        LOG.warn("an event of run {} is still being written when its call ends", runId);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
