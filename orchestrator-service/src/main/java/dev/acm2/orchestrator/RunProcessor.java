package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventCodec.Encoded;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.orchestrator.RunInput.CallDue;
import dev.acm2.orchestrator.RunInput.Happened;
import dev.acm2.orchestrator.RunInput.RunDue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds facts and time into [RunDecider] and writes down what it decides.
final class RunProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  static final String EVENTS = "events-of-runs";
  static final String LANES = "lane-commands";
  static final String CONTROL = "control-commands";
  static final Duration TICK = Duration.ofMillis(100);

  /// After a longer pause of this process, what it knows of the workers is stale.
  private static final Duration STALL = Duration.ofSeconds(3);

  private static final int DUE_AT_ONCE = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(RunProcessor.class);

  private final Function<Set<String>, RunDecider> deciders;
  private final EventStamp stamp;
  private final LogContact contact;
  private @org.jspecify.annotations.Nullable Task task;

  /// What this processor has once it is assigned a partition.
  private record Task(
    ProcessorContext<byte[], byte[]> context,
    RunStores stores,
    KeyValueStore<String, Long> workers,
    KeyValueStore<String, LaneLimits> overrides
  ) {}

  private Instant watchingSince = Instant.MAX;
  private Instant lastTick = Instant.MIN;

  /// @param deciders by the lanes that exist beside the configured ones
  RunProcessor(Function<Set<String>, RunDecider> deciders, EventStamp stamp, LogContact contact) {
    this.deciders = deciders;
    this.stamp = stamp;
    this.contact = contact;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    task = new Task(
      context,
      new RunStores(context),
      context.getStateStore(Workers.STORE),
      context.getStateStore(Overrides.STORE)
    );
    watchingSince = Instant.ofEpochMilli(context.currentSystemTimeMs());
    lastTick = watchingSince;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
  }

  @Override
  public void process(Record<byte[], byte[]> received) {
    Decoded decoded = EventCodec.decode(
      received.key(),
      received.value(),
      EventRecords.toMap(received.headers())
    );
    switch (decoded) {
      case Decoded.Known(var recorded) -> happened(
        recorded.runId(),
        recorded.event(),
        Instant.ofEpochMilli(received.timestamp())
      );
      case Decoded.UnknownType _, Decoded.Undecodable _ -> LOG.debug(
        "passed over {}; the projector puts it into quarantine",
        decoded
      );
    }
  }

  private void happened(RunId runId, RunEvent event, Instant at) {
    RunStores stores = task().stores();
    if (event instanceof RunRequested requested) {
      stores.open(runId, requested).ifPresent(fresh -> carryOut(runId, decider().request(fresh)));
    } else {
      decide(runId, new Happened(event, at));
    }
  }

  private RunDecider decider() {
    return deciders.apply(Overrides.names(task().overrides()));
  }

  private void decide(RunId runId, RunInput input) {
    task()
      .stores()
      .find(runId)
      .ifPresent(state -> carryOut(runId, decider().decide(state, input)));
  }

  private void tick(Instant now) {
    if (now.isAfter(lastTick.plus(STALL))) {
      watchingSince = now;
    }
    lastTick = now;
    for (DueKey due : task().stores().due(now, DUE_AT_ONCE)) {
      CallId callId = due.callId();
      decide(
        due.runId(),
        callId == null
          ? new RunDue(now)
          : new CallDue(callId, now, seenAt(due.runId(), callId, now))
      );
    }
  }

  /// Nobody is called silent for a time in which this process or the log was not there to hear.
  private Instant seenAt(RunId runId, CallId callId, Instant now) {
    Instant listening = latest(watchingSince, contact.since(now));
    String workerId = task().stores().workerOf(runId, callId);
    return workerId == null
      ? listening
      : latest(listening, Workers.seenAt(task().workers(), workerId));
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void carryOut(RunId runId, RunStep step) {
    task().stores().save(runId, step);
    step.decisions().forEach(decision -> carryOut(runId, decision));
    if (!step.decisions().isEmpty()) {
      task().context().commit();
    }
  }

  private void carryOut(RunId runId, Decision decision) {
    switch (decision) {
      case Decision.Append(RunEvent event) -> append(runId, event);
      case Decision.Instruct(String lane, LaneCommand command) -> send(
        LANES,
        lane,
        ContractJson.EVENTS.writeValueAsBytes(command)
      );
      case Decision.Broadcast(var command) -> send(
        CONTROL,
        runId.toString(),
        ContractJson.EVENTS.writeValueAsBytes(command)
      );
    }
  }

  private void append(RunId runId, RunEvent event) {
    Encoded encoded = EventCodec.encode(stamp.stamp(runId, event));
    Record<byte[], byte[]> out = new Record<>(encoded.key(), encoded.value(), now());
    task()
      .context()
      .forward(out.withHeaders(EventRecords.toHeaders(encoded.headers())), EVENTS);
  }

  private void send(String sink, String key, byte[] value) {
    task()
      .context()
      .forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now()), sink);
  }

  private long now() {
    return task().context().currentSystemTimeMs();
  }

  private Task task() {
    return Objects.requireNonNull(task);
  }
}
