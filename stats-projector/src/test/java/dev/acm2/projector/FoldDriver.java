package dev.acm2.projector;

import dev.acm2.contract.EventCodec;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/// The topology without a broker.
final class FoldDriver implements AutoCloseable {

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> events;
  private final TestOutputTopic<byte[], byte[]> views;
  private final TestOutputTopic<byte[], byte[]> quarantine;

  FoldDriver(int generation, Path stateDir) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    // In memory: the driver commits after each record, and a durable store would be flushed as often.
    driver = new TopologyTestDriver(
      ProjectorTopology.build(generation, Stores::inMemoryKeyValueStore),
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

  @Override
  public void close() {
    driver.close();
  }

  void pipe(RecordedEvent recorded) {
    EventCodec.Encoded encoded = EventCodec.encode(recorded);
    pipe(
      new TestRecord<>(encoded.key(), encoded.value(), EventRecords.toHeaders(encoded.headers()))
    );
  }

  void pipe(TestRecord<byte[], byte[]> record) {
    events.pipeInput(record);
  }

  /// Those that were published since the last time.
  List<TestRecord<byte[], byte[]>> views() {
    return views.readRecordsToList();
  }

  /// Those that were quarantined since the last time.
  List<TestRecord<byte[], byte[]>> quarantined() {
    return quarantine.readRecordsToList();
  }

  Map<String, byte[]> contents(String store) {
    Map<String, byte[]> contents = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> all = store(store).all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        contents.put(entry.key, entry.value);
      }
    }
    return contents;
  }

  void fill(String store, Map<String, byte[]> contents) {
    contents.forEach(store(store)::put);
  }

  private KeyValueStore<String, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  private TestOutputTopic<byte[], byte[]> output(Topics topic) {
    return driver.createOutputTopic(
      topic.topic(),
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer()
    );
  }

  /// The latest of each key, without the keys that hold specifications.
  static Map<String, String> latest(List<TestRecord<byte[], byte[]>> records) {
    Map<String, String> latest = new TreeMap<>();
    records.forEach(record -> latest.put(key(record), text(record.value())));
    latest.keySet().removeIf(key -> key.endsWith("/spec"));
    return latest;
  }

  static String header(TestRecord<byte[], byte[]> record, String name) {
    return text(record.headers().lastHeader(name).value());
  }

  static String key(TestRecord<byte[], byte[]> record) {
    return text(record.key());
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
