package dev.acm2.worker;

import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.worker.call.HandBack;
import dev.acm2.worker.call.InFlightCalls;
import dev.acm2.worker.call.Watchdog;
import dev.acm2.worker.intake.ControlReader;
import dev.acm2.worker.intake.Intake;
import dev.acm2.worker.intake.Pulse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Starts the worker's threads in their order, and drains it: no new calls, the ones in flight may
/// end within a limit, and what is not ended then is aborted and handed back.
final class WorkerLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);
  private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(10);
  /// Longer than the store is waited for by each call, all of which are handed back at once.
  private static final Duration HAND_BACK_PATIENCE = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final short replication;
  private final Duration drainTimeout;
  private final InFlightCalls calls;
  private final HandBack handBack;
  private final Watchdog watchdog;
  private final Pulse watchdogPulse;
  private final ControlReader control;
  private final Intake intake;
  private final Heartbeat heartbeat;
  private List<Periodic> periodic = List.of();
  private @Nullable Thread intakeThread;
  private volatile boolean running;

  WorkerLifecycle(
    KafkaSettings settings,
    WorkerSettings worker,
    InFlightCalls calls,
    HandBack handBack,
    Watchdog watchdog,
    Pulse watchdogPulse,
    ControlReader control,
    Intake intake,
    Heartbeat heartbeat
  ) {
    this.settings = settings;
    this.replication = worker.replicationFactor();
    this.drainTimeout = worker.drainTimeout();
    this.calls = calls;
    this.handBack = handBack;
    this.watchdog = watchdog;
    this.watchdogPulse = watchdogPulse;
    this.control = control;
    this.intake = intake;
    this.heartbeat = heartbeat;
  }

  @Override
  public void start() {
    TopicAdmin.ensureTopics(settings, replication);
    periodic = List.of(
      Periodic.start("worker-watchdog", Watchdog.PERIOD, this::watch),
      Periodic.start("worker-heartbeat", Heartbeat.PERIOD, heartbeat::beat)
    );
    Thread.ofPlatform().name("worker-control").daemon().start(control);
    intakeThread = Thread.ofPlatform().name("worker-intake").daemon().start(intake);
    running = true;
  }

  private void watch() {
    watchdog.scan();
    watchdogPulse.beat();
  }

  @Override
  public void stop() {
    intake.stop();
    try {
      awaitIntake();
      sayThatItLeaves();
      if (!calls.awaitNone(drainTimeout)) {
        handBackTheRest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    control.stop();
    periodic.forEach(Periodic::close);
    sayThatItLeaves();
    running = false;
  }

  private void handBackTheRest() throws InterruptedException {
    LOG.warn("the time to drain is over, {} calls are handed back", calls.size());
    int left = handBack.all("the worker leaves", HAND_BACK_PATIENCE);
    if (left > 0) {
      LOG.error("{} calls are left without a word, for the orchestrator to orphan them", left);
    }
  }

  /// Said when nothing more is taken, and again when nothing is in flight any more.
  private void sayThatItLeaves() {
    heartbeat.drain();
    try {
      heartbeat.beat();
    } catch (RuntimeException e) {
      LOG.warn("cannot say that this worker leaves; it falls silent", e);
    }
  }

  private void awaitIntake() throws InterruptedException {
    Thread thread = intakeThread;
    if (thread != null && !thread.join(LEAVE_PATIENCE)) {
      LOG.warn("the intake has not left its group within {}", LEAVE_PATIENCE);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
