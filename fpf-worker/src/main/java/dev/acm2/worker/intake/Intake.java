package dev.acm2.worker.intake;

import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.worker.call.CallClock;
import dev.acm2.worker.call.CallStarter;
import dev.acm2.worker.call.InFlightCall;
import dev.acm2.worker.call.InFlightCalls;
import dev.acm2.worker.intake.IntakePlan.NotStarted;
import dev.acm2.worker.intake.IntakePlan.Offered;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
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
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CONTROL_PATIENCE = Duration.ofMillis(500);
  private static final int PAUSE_AFTER_ERROR_MS = 500;

  private final KafkaSettings settings;
  private final String workerId;
  private final int slots;
  private final InFlightCalls calls;
  private final CallStarter starter;
  private final CancelledRuns cancelled;
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
    CancelledRuns cancelled,
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
      KafkaConsumer<byte[], byte[]> consumer = settings.consumer(GROUP, consumerConfig());
      StartTransactions transactions = new StartTransactions(settings, GROUP + "-" + workerId)
    ) {
      wakeUp = consumer::wakeup;
      consumer.subscribe(List.of(Topics.WORK.topic()));
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

  private Map<String, Object> consumerConfig() {
    return Map.of(
      ConsumerConfig.CLIENT_ID_CONFIG,
      GROUP + "-" + workerId,
      ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
      slots,
      // What does not fit the slots is read again: a small fetch keeps that cheap.
      ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
      64 * 1024,
      // The work of a dead worker moves on within seconds.
      ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
      6000,
      ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
      1500,
      ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
      CooperativeStickyAssignor.class.getName()
    );
  }

  private void attempt(KafkaConsumer<byte[], byte[]> consumer, StartTransactions transactions) {
    try {
      if (failed) {
        transactions.begin();
        rewind(consumer);
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

  /// To what is committed: work that was read and not committed comes again, committed work never.
  private static void rewind(KafkaConsumer<byte[], byte[]> consumer) {
    consumer.committed(consumer.assignment()).forEach((partition, offset) -> {
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    });
  }

  private void step(KafkaConsumer<byte[], byte[]> consumer, StartTransactions transactions) {
    pauseWhenFull(consumer);
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    Instant now = clock.now();
    long nanosNow = clock.nanoTime();
    IntakePlan plan = IntakePlan.of(offered(records), free(), now, new KnownHere());
    List<InFlightCall> starts = plan
      .starts()
      .stream()
      .map(item -> new InFlightCall(item, IntakePlan.deadlineOf(item, now), now, nanosNow))
      .toList();
    if (!plan.takesNothing()) {
      transactions.commit(
        events.of(starts, plan.notStarted()),
        offsets(plan),
        consumer.groupMetadata()
      );
    }
    starts.forEach(starter::start);
    plan.seekBack().forEach((partition, offset) -> consumer.seek(work(partition), offset));
    plan.notStarted().forEach(this::tell);
  }

  /// While all slots are taken nothing is read, and polling goes on: so the group keeps this
  /// member.
  private void pauseWhenFull(KafkaConsumer<byte[], byte[]> consumer) {
    // Raised before the slots are counted: a slot that becomes free in between wakes the poll.
    full = true;
    if (free() > 0) {
      full = false;
      consumer.resume(consumer.paused());
    } else {
      consumer.pause(consumer.assignment());
    }
  }

  private int free() {
    return Math.max(0, slots - calls.size());
  }

  private List<Offered> offered(ConsumerRecords<byte[], byte[]> records) {
    List<Offered> offered = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> received : records) {
      Optional<WorkItem> item = WorkRecords.decode(received);
      if (item.isEmpty()) {
        meters.counter("acm2.worker.work.undecodable").increment();
      }
      offered.add(new Offered(received.partition(), received.offset(), item));
    }
    return offered;
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(IntakePlan plan) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    plan
      .nextOffsets()
      .forEach((partition, next) -> offsets.put(work(partition), new OffsetAndMetadata(next)));
    return offsets;
  }

  private static TopicPartition work(int partition) {
    return new TopicPartition(Topics.WORK.topic(), partition);
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
    public Optional<String> cancelReason(WorkItem item) {
      return cancelled.reason(item.runId());
    }

    @Override
    public boolean isInFlight(WorkItem item) {
      return calls.contains(item.callId(), item.epoch());
    }
  }
}
