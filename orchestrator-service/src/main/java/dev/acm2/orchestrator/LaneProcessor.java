package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventCodec.Encoded;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Feeds commands into [LaneDecider] and sends what it releases: the work and the fact that it was
/// dispatched, in one transaction.
final class LaneProcessor implements Processor<byte[], byte[], byte[], Object> {

  static final String EVENTS = "events-of-lanes";
  static final String WORK = "released-work";

  private static final Duration FIRST_FILL = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(LaneProcessor.class);

  private final Map<String, LaneLimits> limits;
  private final EventStamp stamp;
  private @Nullable Task task;
  private @Nullable Cancellable firstFill;

  /// What this processor has once it is assigned a partition.
  private record Task(
    ProcessorContext<byte[], Object> context,
    LaneStores stores,
    LaneWakes wakes
  ) {}

  /// @param limits by lane; no call leaves a lane without limits
  LaneProcessor(Map<String, LaneLimits> limits, EventStamp stamp) {
    this.limits = limits;
    this.stamp = stamp;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    task = new Task(context, new LaneStores(context), new LaneWakes(context, this::fill));
    firstFill = context.schedule(FIRST_FILL, PunctuationType.WALL_CLOCK_TIME, now ->
      fillAll(Instant.ofEpochMilli(now))
    );
  }

  /// A limit that was raised while this service was down, and a block or a window that opened
  /// meanwhile, must not wait for the next command.
  private void fillAll(Instant now) {
    Objects.requireNonNull(firstFill).cancel();
    task()
      .stores()
      .names()
      .forEach(name -> fill(name, now));
  }

  private void fill(String name, Instant now) {
    LaneStores stores = task().stores();
    carryOut(
      name,
      LaneDecider.fill(stores.lane(name), limits(name), stores.entries(name), now),
      now
    );
  }

  @Override
  public void process(Record<byte[], byte[]> received) {
    LaneCommand command = read(received);
    if (command == null) {
      return;
    }
    String name = new String(received.key(), StandardCharsets.UTF_8);
    LaneStores stores = task().stores();
    Instant now = Instant.ofEpochMilli(task().context().currentSystemTimeMs());
    carryOut(
      name,
      LaneDecider.decide(stores.lane(name), limits(name), stores.entries(name), command, now),
      now
    );
  }

  private static @Nullable LaneCommand read(Record<byte[], byte[]> received) {
    if (received.key() == null || received.value() == null) {
      LOG.error("passed over a lane command without key or value");
      return null;
    }
    try {
      return ContractJson.EVENTS.readValue(received.value(), LaneCommand.class);
    } catch (JacksonException e) {
      LOG.error("passed over a lane command that cannot be read: {}", e.getOriginalMessage());
      return null;
    }
  }

  private LaneLimits limits(String lane) {
    return limits.getOrDefault(lane, LaneLimits.CLOSED);
  }

  private void carryOut(String name, LaneDecider.Step step, Instant now) {
    task().stores().save(name, step.lane());
    task().wakes().set(name, step.wakeAt());
    step.releases().forEach(release -> send(name, release, now));
    if (!step.releases().isEmpty()) {
      task().context().commit();
    }
  }

  private void send(String lane, LaneDecider.Release release, Instant now) {
    WorkItem item = release.call().releasedAt(now);
    ProcessorContext<byte[], Object> context = task().context();
    byte[] key = item.callId().value().getBytes(StandardCharsets.UTF_8);
    context.forward(
      new Record<>(key, new Released(release.number(), item), now.toEpochMilli()),
      WORK
    );
    CallDispatched event = new CallDispatched(item.callId(), item.epoch(), lane, item.startBy());
    Encoded encoded = EventCodec.encode(stamp.stamp(item.runId(), event));
    context.forward(
      new Record<byte[], Object>(encoded.key(), encoded.value(), now.toEpochMilli()).withHeaders(
        EventRecords.toHeaders(encoded.headers())
      ),
      EVENTS
    );
  }

  private Task task() {
    return Objects.requireNonNull(task);
  }

  /// Work with its number in the lane, by which the partitions take turns.
  record Released(long number, WorkItem item) {}
}
