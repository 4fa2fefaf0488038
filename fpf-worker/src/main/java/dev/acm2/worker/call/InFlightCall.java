package dev.acm2.worker.call;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallId;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A started call, shared by its own thread, the watchdog and the control reader.
///
/// Guarantees: [#claim] gives the right to end the call to exactly one of them; no request begins
/// after the claim or after a cancel; and what the claim returns counts every request that began.
public final class InFlightCall {

  /// Identity of a start.
  public record Key(CallId callId, int epoch) {}

  private final WorkItem item;
  private final Instant releasedAt;
  private final Instant deadlineAt;
  private final long deadlineNanos;
  private final CountDownLatch wakeUp = new CountDownLatch(1);
  private final CallVoice voice;
  private final StageReports stages;
  private final AtomicInteger lines = new AtomicInteger();

  private boolean over;
  private boolean settling;
  private @Nullable Cancelled cancelled;
  private Progress progress = Progress.NONE;
  private Progress beforeAttempt = Progress.NONE;
  private @Nullable Exchange exchange;
  private @Nullable Thread thread;

  /// @param releasedAt when its work was written
  /// @param nanosNow the clock that deadlineAt is counted from, at `now`
  public InFlightCall(
    WorkItem item,
    Instant releasedAt,
    Instant deadlineAt,
    Instant now,
    long nanosNow
  ) {
    this.item = item;
    this.releasedAt = releasedAt;
    this.voice = new CallVoice(item.runId());
    this.stages = new StageReports(item, voice);
    this.deadlineAt = deadlineAt;
    this.deadlineNanos = nanosNow + Duration.between(now, deadlineAt).toNanos();
  }

  /// A demand to stop.
  ///
  /// @param atNanos when it came
  record Cancelled(String reason, long atNanos) {}

  public WorkItem item() {
    return item;
  }

  public Instant releasedAt() {
    return releasedAt;
  }

  public Instant deadlineAt() {
    return deadlineAt;
  }

  Key key() {
    return new Key(item.callId(), item.epoch());
  }

  /// Negative after the deadline.
  Duration remaining(CallClock clock) {
    return Duration.ofNanos(deadlineNanos - clock.nanoTime());
  }

  CountDownLatch wakeUp() {
    return wakeUp;
  }

  CallVoice voice() {
    return voice;
  }

  StageReports stages() {
    return stages;
  }

  /// Numbers the lines of the call's program, from 1.
  int nextLine() {
    return lines.incrementAndGet();
  }

  synchronized void runsOn(Thread runner) {
    thread = runner;
  }

  synchronized boolean mayGoOn() {
    return !over && cancelled == null;
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized Progress progress() {
    return progress;
  }

  synchronized @Nullable Cancelled cancelled() {
    return cancelled;
  }

  synchronized Optional<Exchange> exchange() {
    return Optional.ofNullable(exchange);
  }

  /// False when the call must not send anything any more.
  synchronized boolean beginAttempt(int number, CallArtifact request) {
    if (!mayGoOn()) {
      return false;
    }
    settling = false;
    beforeAttempt = progress;
    progress = progress.sending(number, request);
    exchange = null;
    return true;
  }

  /// The exchange of the attempt that began.
  void attach(Exchange opened) {
    boolean wanted;
    synchronized (this) {
      exchange = opened;
      stages.begin(progress.attempt(), opened);
      wanted = mayGoOn();
    }
    if (!wanted) {
      opened.abort();
    }
  }

  /// The exchange is over by itself; what is left to do is to keep what it brought.
  synchronized void settle() {
    settling = !over;
    stages.over();
  }

  synchronized boolean isSettling() {
    return settling;
  }

  synchronized void unsent() {
    progress = progress.unsent(beforeAttempt);
  }

  synchronized void charge(Usage usage, Usd cost) {
    progress = progress.charged(usage, cost);
  }

  synchronized void add(CallArtifact artifact) {
    progress = progress.with(artifact);
  }

  /// The attempt was told in an event of its own.
  synchronized void attemptTold() {
    settling = false;
    progress = progress.betweenAttempts();
  }

  /// Aborts what is under way; the call's own thread then ends it.
  void cancel(String reason, long atNanos) {
    synchronized (this) {
      if (cancelled == null) {
        cancelled = new Cancelled(reason, atNanos);
      }
    }
    stop();
  }

  /// The right to end the call, with all that it has used; empty when somebody else has it.
  synchronized Optional<Progress> claim() {
    if (over) {
      return Optional.empty();
    }
    over = true;
    return Optional.of(progress);
  }

  /// Frees the call's thread from whatever it waits for; only after a claim.
  void release() {
    stop();
    Thread runner;
    synchronized (this) {
      runner = thread;
    }
    if (runner != null) {
      runner.interrupt();
    }
  }

  private void stop() {
    wakeUp.countDown();
    exchange().ifPresent(Exchange::abort);
  }
}
