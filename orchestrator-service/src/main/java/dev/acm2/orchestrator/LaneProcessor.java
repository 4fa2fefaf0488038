package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventCodec.Encoded;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.utils.Utils;
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
/// dispatched, in one transaction. Publishes how each lane stands: those of the configuration when it
/// starts, a lane with new limits at once, the others each half second, if anything changed.
final class LaneProcessor implements Processor<byte[], byte[], byte[], Object> {

  static final String EVENTS = "events-of-lanes";
  static final String WORK = "released-work";

  private static final Duration FIRST_FILL = Duration.ofMillis(100);
  private static final Duration VIEW_INTERVAL = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(LaneProcessor.class);

  private final ConfiguredLanes configured;
  private final EventStamp stamp;
  private @Nullable Task task;
  private @Nullable Cancellable firstFill;

  /// What this processor has once it is assigned a partition.
  private record Task(
    ProcessorContext<byte[], Object> context,
    LaneStores stores,
    LaneWakes wakes,
    LaneViews views
  ) {}

  LaneProcessor(ConfiguredLanes configured, EventStamp stamp) {
    this.configured = configured;
    this.stamp = stamp;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    task = new Task(
      context,
      new LaneStores(context),
      new LaneWakes(context, this::fill),
      new LaneViews(context)
    );
    firstFill = context.schedule(FIRST_FILL, PunctuationType.WALL_CLOCK_TIME, now ->
      start(Instant.ofEpochMilli(now))
    );
    context.schedule(VIEW_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now ->
      task()
        .stores()
        .names()
        .forEach(name -> show(name, Instant.ofEpochMilli(now)))
    );
  }

  /// A limit that was raised while this service was down, and a block or a window that opened
  /// meanwhile, must not wait for the next command. A lane of the configuration is known from the start,
  /// also to be taken back when it is configured no longer.
  private void start(Instant now) {
    Objects.requireNonNull(firstFill).cancel();
    LaneStores stores = task().stores();
    configured.limits().keySet().stream().filter(this::isHere).forEach(stores::open);
    stores.names().forEach(name -> fill(name, now));
    stores.names().forEach(name -> show(name, now));
  }

  /// Whether the commands to a lane come to this partition.
  private boolean isHere(String lane) {
    byte[] key = lane.getBytes(StandardCharsets.UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(key)) % Topics.LANES.partitions();
    return partition == task().context().taskId().partition();
  }

  private void fill(String name, Instant now) {
    LaneStores stores = task().stores();
    carryOut(
      name,
      LaneDecider.fill(stores.lane(name), configured.of(name), stores.entries(name), now),
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
    if (
      command instanceof LaneCommand.DropCall drop && LaneDecider.ends(stores.entries(name), drop)
    ) {
      append(drop.runId(), drop.end(), now);
      task().context().commit();
    }
    carryOut(
      name,
      LaneDecider.decide(
        stores.lane(name),
        configured.of(name),
        stores.entries(name),
        command,
        now
      ),
      now
    );
    if (command instanceof LaneCommand.SetLimits || command instanceof LaneCommand.ResetLimits) {
      show(name, now);
      task().context().commit();
    }
  }

  /// A lane that only its own limits had made is gone when they are reset and its last call has ended.
  private void show(String name, Instant now) {
    Lane lane = task().stores().lane(name);
    if (lane.isIdle() && lane.override() == null && !configured.contains(name)) {
      task().stores().remove(name);
      task().views().withdraw(name, now);
    } else {
      task()
        .views()
        .publish(LaneViews.of(name, lane, configured.of(name), now));
    }
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
    append(
      item.runId(),
      new CallDispatched(
        item.callId(),
        item.epoch(),
        lane,
        item.startBy(),
        release.call().reservedUsd()
      ),
      now
    );
  }

  private void append(RunId runId, RunEvent event, Instant now) {
    Encoded encoded = EventCodec.encode(stamp.stamp(runId, event));
    ProcessorContext<byte[], Object> context = task().context();
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
