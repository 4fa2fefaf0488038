package dev.acm2.worker;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The other side of the log: writes work and commands, reads what the worker wrote. For one
/// thread.
final class TestLog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  TestLog(KafkaSettings settings) {
    producer = settings.producer("test");
    consumer = settings.reader();
    List<TopicPartition> all = Stream.of(Topics.EVENTS, Topics.WORKERS, Topics.LOGS)
      .flatMap(TestLog::partitions)
      .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  private static Stream<TopicPartition> partitions(Topics topic) {
    return IntStream.range(0, topic.partitions()).mapToObj(n ->
      new TopicPartition(topic.topic(), n)
    );
  }

  void work(WorkItem item) {
    work(ContractJson.EVENTS.writeValueAsBytes(item), item.callId().value());
  }

  /// All work of one key lies in one partition, in order.
  void work(byte[] value, String key) {
    write(Topics.WORK, key, value);
  }

  /// @param releasedAt in place of now
  void work(WorkItem item, Instant releasedAt) {
    byte[] value = ContractJson.EVENTS.writeValueAsBytes(item);
    write(Topics.WORK, item.callId().value(), value, releasedAt.toEpochMilli());
  }

  void cancel(RunId runId) {
    command(runId, new ControlCommand.CancelRun(runId, "the user had enough"));
  }

  void cancel(WorkItem item) {
    String reason = "the user did not want this one";
    command(
      item.runId(),
      new ControlCommand.CancelCall(item.runId(), item.callId(), item.epoch(), reason)
    );
  }

  private void command(RunId runId, ControlCommand command) {
    byte[] value = ContractJson.EVENTS.writerFor(ControlCommand.class).writeValueAsBytes(command);
    write(Topics.CONTROL, runId.toString(), value);
  }

  void write(Topics topic, String key, byte[] value) {
    write(topic, key, value, null);
  }

  private void write(Topics topic, String key, byte[] value, @Nullable Long at) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic.topic(), null, at, keyBytes, value)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// All committed events of the run until now.
  List<RunEvent> events(RunId runId) {
    return read(Topics.EVENTS)
      .map(EventRecords::decode)
      .filter(Decoded.Known.class::isInstance)
      .map(decoded -> ((Decoded.Known) decoded).recorded())
      .filter(recorded -> recorded.runId().equals(runId))
      .map(RecordedEvent::event)
      .toList();
  }

  <T extends RunEvent> List<T> events(RunId runId, Class<T> type) {
    return events(runId).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// What was said of the run on the console.
  List<ConsoleLine> lines(RunId runId) {
    return read(Topics.LOGS)
      .map(record -> ContractJson.EVENTS.readValue(record.value(), ConsoleLine.class))
      .filter(line -> line.runId().equals(runId))
      .toList();
  }

  List<WorkerHeartbeat> heartbeats() {
    return read(Topics.WORKERS)
      .map(record -> ContractJson.EVENTS.readValue(record.value(), WorkerHeartbeat.class))
      .toList();
  }

  /// Whether a text is in any record or header that was read.
  boolean holds(String text) {
    return records
      .stream()
      .anyMatch(
        record ->
          new String(record.value(), StandardCharsets.ISO_8859_1).contains(text) ||
          EventRecords.toMap(record.headers()).toString().contains(text)
      );
  }

  private Stream<ConsumerRecord<byte[], byte[]>> read(Topics topic) {
    consumer.poll(POLL).forEach(records::add);
    return records.stream().filter(record -> record.topic().equals(topic.topic()));
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
