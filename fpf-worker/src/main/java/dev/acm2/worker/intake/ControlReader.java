package dev.acm2.worker.intake;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.ControlCommand.CancelCall;
import dev.acm2.contract.ControlCommand.CancelRun;
import dev.acm2.contract.Required;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.worker.call.CallClock;
import dev.acm2.worker.call.InFlightCalls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Reads all commands that the control topic still holds, and then each new one.
public final class ControlReader implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int PAUSE_SECONDS = 1;

  private final KafkaSettings settings;
  private final Cancellations cancelled;
  private final InFlightCalls calls;
  private final CallClock clock;
  private final Pulse pulse;
  private final Counter undecodable;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  public ControlReader(
    KafkaSettings settings,
    Cancellations cancelled,
    InFlightCalls calls,
    CallClock clock,
    Pulse pulse,
    MeterRegistry meters
  ) {
    this.settings = settings;
    this.cancelled = cancelled;
    this.calls = calls;
    this.clock = clock;
    this.pulse = pulse;
    this.undecodable = meters.counter("acm2.worker.control.undecodable");
  }

  /// Waits until every command that was there at the start has been heard.
  ///
  /// @return false when the time was over first
  boolean awaitCaughtUp(Duration most) throws InterruptedException {
    return caughtUp.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  public void stop() {
    stopped.countDown();
  }

  /// Reads until [#stop]. After an error it begins again from the start: hearing a command twice
  /// does no harm.
  @Override
  public void run() {
    boolean goesOn = true;
    while (goesOn) {
      try (KafkaConsumer<byte[], byte[]> consumer = settings.reader()) {
        read(consumer);
      } catch (RuntimeException e) {
        LOG.error("the control topic cannot be read, trying again", e);
        pulse.failed("the control topic cannot be read: " + e.getMessage());
      }
      goesOn = !isStoppedWithin(PAUSE_SECONDS);
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = IntStream.range(0, Topics.CONTROL.partitions())
      .mapToObj(number -> new TopicPartition(Topics.CONTROL.topic(), number))
      .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!isStoppedWithin(0)) {
      consumer.poll(POLL).forEach(this::hear);
      boolean heardAll = ends
        .entrySet()
        .stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
      if (heardAll) {
        caughtUp.countDown();
        pulse.beat();
      }
    }
  }

  private void hear(ConsumerRecord<byte[], byte[]> received) {
    try {
      ControlCommand command = ContractJson.EVENTS.readValue(
        received.value(),
        ControlCommand.class
      );
      if (command == null) {
        throw new IllegalArgumentException("a record of null");
      }
      Required.check((Record) command);
      obey(command, Instant.ofEpochMilli(received.timestamp()));
    } catch (JacksonException | IllegalArgumentException e) {
      undecodable.increment();
      LOG.error("control record at offset {} cannot be read, passed over", received.offset(), e);
    }
  }

  /// First noted, then the calls in flight: a call that starts in between sees the note.
  private void obey(ControlCommand command, Instant at) {
    switch (command) {
      case CancelRun(var runId, var reason) -> {
        cancelled.addRun(runId, reason, at, clock.now());
        calls.cancelRun(runId, at, reason, clock.nanoTime());
      }
      case CancelCall(_, var callId, var epoch, var reason) -> {
        cancelled.addCall(callId, epoch, reason, at, clock.now());
        calls.cancelCall(callId, epoch, reason, clock.nanoTime());
      }
    }
  }

  private boolean isStoppedWithin(int seconds) {
    try {
      return stopped.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
