package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.testkit.Facts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/// The whole topology without a broker. What it appends to the log it also reads.
final class TopologyBench implements AutoCloseable {

  private static final List<String> STORES = List.of(
    RunStores.RUNS,
    RunStores.SPECS,
    RunStores.CALLS,
    RunStores.RESTING,
    RunStores.ENDED,
    RunStores.READY,
    RunStores.SOURCES,
    RunStores.DUES,
    LaneStores.LANES,
    LaneStores.QUEUE,
    LaneStores.CALLS,
    Overrides.STORE
  );

  /// Runs of ten calls are not held back because their models are not proven.
  private static final BreakerRules WIDE = new BreakerRules(20, Duration.ofSeconds(30), 3);

  final List<RecordedEvent> log = new ArrayList<>();
  final List<WorkItem> work = new ArrayList<>();
  final List<ControlCommand> control = new ArrayList<>();

  /// What was published of lanes, in its order; empty when a lane was withdrawn.
  final List<Map.Entry<String, Optional<LaneView>>> views = new ArrayList<>();

  private final Map<String, LaneLimits> lanes;
  private TopologyTestDriver driver;
  private Instant now = Facts.START;

  TopologyBench(Map<String, LaneLimits> lanes) {
    this.lanes = lanes;
    this.driver = driver();
  }

  private TopologyTestDriver driver() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    EventStamp stamp = new EventStamp(
      new EventMeta.Producer("orchestrator", "test", "test"),
      () -> now,
      UUID::randomUUID
    );
    return new TopologyTestDriver(
      OrchestratorTopology.build(
        ModelCatalogue.bundled(),
        lanes,
        WIDE,
        stamp,
        _ -> Instant.EPOCH,
        Stores::inMemoryKeyValueStore
      ),
      config,
      now
    );
  }

  Instant now() {
    return now;
  }

  /// A process that stops and one that goes on with the state out of the changelogs.
  void restart() {
    TopologyTestDriver next = driver();
    STORES.forEach(store -> copy(driver.getKeyValueStore(store), next.getKeyValueStore(store)));
    driver.close();
    driver = next;
  }

  private static <K, V> void copy(KeyValueStore<K, V> from, KeyValueStore<K, V> to) {
    try (var all = from.all()) {
      all.forEachRemaining(entry -> to.put(entry.key, entry.value));
    }
  }

  void append(RunId runId, RunEvent event) {
    EventStamp stamp = new EventStamp(
      new EventMeta.Producer("test", "test", "test"),
      () -> now,
      UUID::randomUUID
    );
    ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(stamp.stamp(runId, event));
    pipe(Topics.EVENTS, new TestRecord<>(record.key(), record.value(), record.headers(), now));
  }

  void start(WorkItem item) {
    append(
      item.runId(),
      new CallStarted(
        item.callId(),
        item.epoch(),
        1,
        CallFacts.WORKER,
        now.plus(item.limits().callDeadline())
      )
    );
  }

  void succeed(WorkItem item) {
    append(
      item.runId(),
      CallFacts.succeeded(item.callId(), item.epoch(), CallFacts.spend(1, "0.001"))
    );
  }

  /// The call is started and fails.
  void fail(WorkItem item) {
    start(item);
    append(
      item.runId(),
      new CallFailed(
        item.callId(),
        item.epoch(),
        1,
        FailureKind.SERVER_ERROR,
        500,
        "broken",
        CallFacts.spend(1, "0.001"),
        List.of(),
        null
      )
    );
  }

  void garbage(byte[] bytes) {
    pipe(Topics.EVENTS, new TestRecord<>(bytes, bytes, now));
    pipe(Topics.LANES, new TestRecord<>(bytes, bytes, now));
  }

  void heartbeat(String workerId) {
    byte[] key = workerId.getBytes(StandardCharsets.UTF_8);
    pipe(Topics.WORKERS, new TestRecord<>(key, key, now));
  }

  void tell(String lane, LaneCommand command) {
    byte[] key = lane.getBytes(StandardCharsets.UTF_8);
    byte[] value = ContractJson.EVENTS.writeValueAsBytes(command);
    pipe(Topics.LANES, new TestRecord<>(key, value, now));
  }

  /// The newest view of a lane.
  Optional<LaneView> view(String lane) {
    return views
      .stream()
      .filter(view -> view.getKey().equals(lane))
      .map(Map.Entry::getValue)
      .toList()
      .getLast();
  }

  private void pipe(Topics topic, TestRecord<byte[], byte[]> record) {
    TestInputTopic<byte[], byte[]> input = driver.createInputTopic(
      topic.topic(),
      new ByteArraySerializer(),
      new ByteArraySerializer()
    );
    input.pipeInput(record);
    collect();
  }

  /// Lets the sweeper look each half second.
  void pass(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      now = now.plus(RunProcessor.TICK);
      driver.advanceWallClockTime(RunProcessor.TICK);
    }
    collect();
  }

  private void collect() {
    TestOutputTopic<byte[], byte[]> events = output(Topics.EVENTS);
    while (!events.isEmpty()) {
      log.add(decode(events.readRecord()));
    }
    TestOutputTopic<byte[], byte[]> released = output(Topics.WORK);
    while (!released.isEmpty()) {
      work.add(ContractJson.EVENTS.readValue(released.readValue(), WorkItem.class));
    }
    TestOutputTopic<byte[], byte[]> broadcast = output(Topics.CONTROL);
    while (!broadcast.isEmpty()) {
      control.add(ContractJson.EVENTS.readValue(broadcast.readValue(), ControlCommand.class));
    }
    TestOutputTopic<byte[], byte[]> lanes = output(Topics.LANE_VIEWS);
    while (!lanes.isEmpty()) {
      TestRecord<byte[], byte[]> view = lanes.readRecord();
      views.add(
        Map.entry(
          new String(view.key(), StandardCharsets.UTF_8),
          Optional.ofNullable(view.value()).map(json ->
            ContractJson.EVENTS.readValue(json, LaneView.class)
          )
        )
      );
    }
  }

  private TestOutputTopic<byte[], byte[]> output(Topics topic) {
    return driver.createOutputTopic(
      topic.topic(),
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer()
    );
  }

  private static RecordedEvent decode(TestRecord<byte[], byte[]> out) {
    var received = new ConsumerRecord<>(
      "",
      0,
      0,
      0,
      TimestampType.CREATE_TIME,
      0,
      0,
      out.key(),
      out.value(),
      out.headers(),
      Optional.empty()
    );
    return ((Decoded.Known) EventRecords.decode(received)).recorded();
  }

  <T extends RunEvent> List<T> logged(Class<T> type) {
    return log.stream().map(RecordedEvent::event).filter(type::isInstance).map(type::cast).toList();
  }

  int size(String store) {
    int count = 0;
    try (var all = driver.getKeyValueStore(store).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    driver.close();
  }
}
