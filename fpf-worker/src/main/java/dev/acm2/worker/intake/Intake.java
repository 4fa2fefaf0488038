package dev.acm2.worker.intake;

import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.worker.call.CallClock;
import dev.acm2.worker.call.CallStarter;
import dev.acm2.worker.call.InFlightCall;
import dev.acm2.worker.call.InFlightCalls;
import dev.acm2.worker.intake.Cancellations.Cancellation;
import dev.acm2.worker.intake.IntakePlan.NotStarted;
import dev.acm2.worker.intake.IntakePlan.Offered;
import dev.acm2.worker.intake.IntakePlan.Released;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes work from the log, one thread for all of it.
///
/// Guarantees: never more calls than slots; `CallStarted` and the offset of its work are committed
/// in one transaction, and only then a call begins, so a (call, epoch) begins at most once whoever
/// dies when.
public final class Intake implements Runnable {

  /// The consumer group of all workers.
  public static final String GROUP = "fpf-worker";

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration CONTROL_PATIENCE = Duration.ofMillis(500);
  private static final int PAUSE_AFTER_ERROR_MS = 500;

  private final KafkaSettings settings;
  private final String workerId;
  private final int slots;
  private final InFlightCalls calls;
  private final CallStarter starter;
  private final Cancellations cancelled;
  private final ControlReader control;
  private final StartEvents events;
  private final CallClock clock;
  private final Pulse pulse;
  private final MeterRegistry meters;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Runnable wakeUp = () -> {};
  private volatile boolean full;
  private boolean failed = true;

  public Intake(
    KafkaSettings settings,
    String workerId,
    int slots,
    InFlightCalls calls,
    CallStarter starter,
    Cancellations cancelled,
    ControlReader control,
    EventStamp stamp,
    CallClock clock,
    Pulse pulse,
    MeterRegistry meters
  ) {
    this.settings = settings;
    this.workerId = workerId;
    this.slots = slots;
    this.calls = calls;
    this.starter = starter;
    this.cancelled = cancelled;
    this.control = control;
    this.events = new StartEvents(workerId, stamp);
    this.clock = clock;
    this.pulse = pulse;
    this.meters = meters;
    calls.whenOneEnds(this::slotFree);
  }

  /// Takes nothing more; the thread leaves the group and ends.
  public void stop() {
    stopped.countDown();
    wakeUp.run();
  }

  private void slotFree() {
    if (full) {
      wakeUp.run();
    }
  }

  @Override
  public void run() {
    if (!controlIsHeard()) {
      return;
    }
    try (
      WorkConsumer consumer = new WorkConsumer(settings, workerId, slots, meters);
      StartTransactions transactions = new StartTransactions(settings, GROUP + "-" + workerId)
    ) {
      wakeUp = consumer::wakeUp;
      while (!isStoppedWithin(failed ? PAUSE_AFTER_ERROR_MS : 0)) {
        attempt(consumer, transactions);
      }
    } finally {
      pulse.failed("the intake has stopped");
    }
  }

  /// A call of a run that was cancelled yesterday must not start because its cancellation is not
  /// read.
  private boolean controlIsHeard() {
    try {
      boolean heard = false;
      while (!heard && stopped.getCount() > 0) {
        pulse.failed("waiting for the control topic");
        heard = control.awaitCaughtUp(CONTROL_PATIENCE);
      }
      return heard;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void attempt(WorkConsumer consumer, StartTransactions transactions) {
    try {
      if (failed) {
        transactions.begin();
        consumer.rewind();
        failed = false;
      }
      step(consumer, transactions);
      pulse.beat();
    } catch (WakeupException e) {
      LOG.trace("woken", e);
    } catch (RuntimeException e) {
      failed = true;
      pulse.failed("work cannot be taken: " + e.getMessage());
      meters.counter("acm2.worker.intake.failures").increment();
      LOG.warn("work cannot be taken; nothing was started, reading it again", e);
    }
  }

  private void step(WorkConsumer consumer, StartTransactions transactions) {
    pauseWhenFull(consumer);
    List<Offered> offered = consumer.poll();
    // What was read in the moment of the stop is left to others.
    if (offered.isEmpty() || stopped.getCount() == 0) {
      return;
    }
    Instant now = clock.now();
    long nanosNow = clock.nanoTime();
    IntakePlan plan = IntakePlan.of(offered, free(), now, new KnownHere());
    List<InFlightCall> starts = plan
      .starts()
      .stream()
      .map(work -> call(work, now, nanosNow))
      .toList();
    if (!plan.takesNothing()) {
      transactions.commit(
        events.of(starts, plan.notStarted()),
        WorkConsumer.offsets(plan),
        consumer.group()
      );
    }
    starts.forEach(starter::start);
    consumer.seekBack(plan);
    plan.notStarted().forEach(this::tell);
  }

  private static InFlightCall call(Released work, Instant now, long nanosNow) {
    Instant deadline = IntakePlan.deadlineOf(work.item(), now);
    return new InFlightCall(work.item(), work.at(), deadline, now, nanosNow);
  }

  /// While all slots are taken nothing is read, and polling goes on: so the group keeps this
  /// member.
  private void pauseWhenFull(WorkConsumer consumer) {
    // Raised before the slots are counted: a slot that becomes free in between wakes the poll.
    full = true;
    if (free() > 0) {
      full = false;
      consumer.resume();
    } else {
      consumer.pause();
    }
  }

  private int free() {
    return Math.max(0, slots - calls.size());
  }

  private void tell(NotStarted passedOver) {
    WorkItem item = passedOver.item();
    meters.counter("acm2.worker.work.not.started", "cause", passedOver.cause().name()).increment();
    LOG.warn(
      "call {} epoch {} of run {} is not started, {}: {}",
      item.callId(),
      item.epoch(),
      item.runId(),
      passedOver.cause(),
      passedOver.message()
    );
  }

  private boolean isStoppedWithin(int millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private final class KnownHere implements IntakePlan.Known {

    @Override
    public Optional<Cancellation> cancellation(Released work) {
      return cancelled.of(work.item(), work.at());
    }

    @Override
    public boolean isInFlight(WorkItem item) {
      return calls.contains(item.callId(), item.epoch());
    }
  }
}
