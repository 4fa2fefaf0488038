package dev.acm2.projector;

import static dev.acm2.projector.SampleLogs.interleaved;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectorTopologyTest {

  private static final int GENERATION = 3;

  @TempDir
  private Path stateDir;

  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> events;
  private TestOutputTopic<byte[], byte[]> views;
  private TestOutputTopic<byte[], byte[]> quarantine;

  @BeforeEach
  void start() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    // In memory: the driver commits after each record, and a durable store would be flushed as often.
    driver = new TopologyTestDriver(
      ProjectorTopology.build(GENERATION, Stores::inMemoryKeyValueStore),
      config
    );
    events = driver.createInputTopic(
      Topics.EVENTS.topic(),
      new ByteArraySerializer(),
      new ByteArraySerializer()
    );
    views = output(Topics.VIEWS);
    quarantine = output(Topics.QUARANTINE);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
  void shouldPublishTheFoldOfTheLog(long seed) {
    // given
    List<RecordedEvent> log = interleaved(seed, 4);

    // when
    log.forEach(this::pipe);

    // then
    assertThat(latest(views.readRecordsToList())).isEqualTo(SampleLogs.fold(log, GENERATION));
    assertThat(quarantine.isEmpty()).isTrue();
  }

  @Test
  void shouldPublishCallsBeforeTheirRunAndTheSpecOnce() {
    // given
    List<RecordedEvent> log = interleaved(11, 2);

    // when
    log.forEach(this::pipe);

    // then
    Map<RunId, Long> versions = new HashMap<>();
    List<String> specs = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : views.readRecordsToList()) {
      if (header(record, "view").equals("run")) {
        RunView run = ContractJson.VIEWS.readValue(record.value(), RunView.class);
        versions.merge(run.runId(), run.asOf().offset(), Math::max);
        if (run.spec() != null) {
          specs.add(key(record));
        }
      } else {
        CallView call = ContractJson.VIEWS.readValue(record.value(), CallView.class);
        assertThat(call.version()).isGreaterThan(versions.get(call.runId()));
      }
    }
    assertThat(specs).containsExactlyInAnyOrder(
      Facts.runId(1) + "/spec",
      "" + Facts.runId(1),
      Facts.runId(2) + "/spec",
      "" + Facts.runId(2)
    );
  }

  @Test
  void shouldGoOnFromItsStoresWhenItReadsTheLogAgain() {
    // given half a log, and the stores that it left
    List<RecordedEvent> log = interleaved(21, 3);
    log.subList(0, log.size() / 2).forEach(this::pipe);
    Map<String, byte[]> runs = contents(ProjectorTopology.RUNS);
    Map<String, byte[]> calls = contents(ProjectorTopology.CALLS);
    driver.close();
    start();
    runs.forEach((key, value) -> driver.<String, byte[]>getKeyValueStore("runs").put(key, value));
    calls.forEach((key, value) -> driver.<String, byte[]>getKeyValueStore("calls").put(key, value));

    // when
    log.forEach(this::pipe);

    // then
    Map<String, String> stored = new TreeMap<>();
    contents(ProjectorTopology.RUNS).forEach((key, value) -> stored.put(key, text(value)));
    contents(ProjectorTopology.CALLS).forEach((key, value) -> stored.put(key, text(value)));
    assertThat(stored).isEqualTo(SampleLogs.fold(log, GENERATION));
  }

  @Test
  void shouldNotChangeAnythingByCopiesOfEvents() {
    // given
    List<RecordedEvent> once = RandomRun.log(31, Facts.runId(1), 2);
    List<RecordedEvent> log = new ArrayList<>();
    Random random = new Random(31);
    for (RecordedEvent event : once) {
      log.add(event);
      for (int copy = random.nextInt(3); copy > 0; copy--) {
        log.add(event);
      }
    }

    // when
    log.forEach(this::pipe);

    // then
    RunProjection expected = new RunProjection();
    for (int i = 0; i < once.size(); i++) {
      expected.apply(once.get(i), new AsOf(GENERATION, 0, i));
    }
    Map<String, String> latest = latest(views.readRecordsToList());
    RunView run = ContractJson.VIEWS.readValue(latest.get("" + Facts.runId(1)), RunView.class);
    assertThat(run.stats()).isEqualTo(requireNonNull(expected.run()).stats());
    assertThat(run.anomalies()).isZero();
    assertThat(latest).isEqualTo(SampleLogs.fold(log, GENERATION));
  }

  @Test
  void shouldQuarantineWhatCannotBeFoldedAndGoOn() {
    // given
    List<RecordedEvent> log = RandomRun.log(41, Facts.runId(1), 1);
    Random random = new Random(41);
    byte[] noise = new byte[300];
    random.nextBytes(noise);
    RecordedEvent orphan = new Facts("test").stamp(
      Facts.runId(99),
      new RunEvent.RunCancelRequested("who?")
    );

    // when
    pipe(log.getFirst());
    events.pipeInput(new TestRecord<>(noise, noise, new RecordHeaders()));
    events.pipeInput(new TestRecord<>(null, null, headers("call-queued")));
    events.pipeInput(new TestRecord<>(noise, noise, headers("call-queued")));
    events.pipeInput(new TestRecord<>(noise, noise, headers("call-teleported")));
    pipe(orphan);
    log.subList(1, log.size()).forEach(this::pipe);

    // then
    List<TestRecord<byte[], byte[]>> bad = quarantine.readRecordsToList();
    assertThat(bad).hasSize(5);
    assertThat(bad)
      .extracting(record -> header(record, "source-offset"))
      .containsExactly("1", "2", "3", "4", "5");
    assertThat(bad).allSatisfy(record -> {
      assertThat(header(record, "source-topic")).isEqualTo("acm2.events");
      assertThat(header(record, "source-partition")).isEqualTo("0");
    });
    assertThat(bad.get(3).headers().lastHeader("type").value()).isEqualTo(bytes("call-teleported"));
    assertThat(header(bad.get(3), "error")).contains("call-teleported");
    assertThat(header(bad.get(4), "error")).contains("never requested");
    assertThat(bad.getFirst().value()).isEqualTo(noise);

    RunProjection expected = new RunProjection();
    expected.apply(log.getFirst(), new AsOf(GENERATION, 0, 0));
    for (int i = 1; i < log.size(); i++) {
      expected.apply(log.get(i), new AsOf(GENERATION, 0, i + 5L));
    }
    assertThat(latest(views.readRecordsToList()).get("" + Facts.runId(1))).isEqualTo(
      ContractJson.VIEWS.writeValueAsString(requireNonNull(expected.run()).withSpec(null))
    );
  }

  private TestOutputTopic<byte[], byte[]> output(Topics topic) {
    return driver.createOutputTopic(
      topic.topic(),
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer()
    );
  }

  private void pipe(RecordedEvent recorded) {
    EventCodec.Encoded encoded = EventCodec.encode(recorded);
    Headers headers = EventRecords.toHeaders(encoded.headers());
    events.pipeInput(new TestRecord<>(encoded.key(), encoded.value(), headers));
  }

  private Map<String, byte[]> contents(String store) {
    Map<String, byte[]> contents = new TreeMap<>();
    try (
      KeyValueIterator<String, byte[]> all = driver.<String, byte[]>getKeyValueStore(store).all()
    ) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        contents.put(entry.key, entry.value);
      }
    }
    return contents;
  }

  private static Map<String, String> latest(List<TestRecord<byte[], byte[]>> records) {
    Map<String, String> latest = new TreeMap<>();
    records.forEach(record -> latest.put(key(record), text(record.value())));
    latest.keySet().removeIf(key -> key.endsWith("/spec"));
    return latest;
  }

  private static Headers headers(String type) {
    return EventRecords.toHeaders(Map.of("type", type, "schema-version", "1"));
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return text(record.headers().lastHeader(name).value());
  }

  private static String key(TestRecord<byte[], byte[]> record) {
    return text(record.key());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
