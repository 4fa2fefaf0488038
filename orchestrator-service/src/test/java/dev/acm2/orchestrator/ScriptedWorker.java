package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.eventlog.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A worker that takes what was released and answers what the test says.
final class ScriptedWorker implements AutoCloseable {

  private static final String NAME = "worker-it";

  final Set<Integer> partitions = new TreeSet<>();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final EventStamp stamp = EventStamp.of(
    new EventMeta.Producer("fpf-worker", NAME, "test")
  );

  ScriptedWorker(KafkaSettings settings) {
    consumer = settings.reader();
    producer = settings.producer(NAME);
    List<TopicPartition> all = IntStream.range(0, Topics.WORK.partitions())
      .mapToObj(partition -> new TopicPartition(Topics.WORK.topic(), partition))
      .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
  }

  /// What was released since the last time; a heartbeat says that this worker lives.
  List<WorkItem> poll() {
    heartbeat();
    List<WorkItem> items = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> received : consumer.poll(Duration.ofMillis(50))) {
      partitions.add(received.partition());
      items.add(ContractJson.EVENTS.readValue(received.value(), WorkItem.class));
    }
    return items;
  }

  private void heartbeat() {
    WorkerHeartbeat beat = new WorkerHeartbeat(NAME, "test", Instant.now(), 10, 0, false);
    send(
      new ProducerRecord<>(
        Topics.WORKERS.topic(),
        NAME.getBytes(StandardCharsets.UTF_8),
        ContractJson.EVENTS.writeValueAsBytes(beat)
      )
    );
  }

  void start(WorkItem item) {
    append(
      item.runId(),
      new CallStarted(
        item.callId(),
        item.epoch(),
        1,
        NAME,
        Instant.now().plus(item.limits().callDeadline())
      )
    );
  }

  void succeed(WorkItem item) {
    ArtifactRef output = ArtifactRef.of("out".getBytes(StandardCharsets.UTF_8), "text/markdown");
    append(
      item.runId(),
      new CallSucceeded(
        item.callId(),
        item.epoch(),
        1,
        new CallResult.Document(output, "out"),
        CallFacts.spend(1, "0.001"),
        Evidence.NONE,
        new Timings(Duration.ofMillis(1), Duration.ofMillis(2)),
        List.of()
      )
    );
  }

  private void append(RunId runId, RunEvent event) {
    send(EventRecords.toRecord(stamp.stamp(runId, event)));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      var unused = producer.send(record).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
