package dev.acm2.worker.intake;

import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.worker.intake.IntakePlan.Offered;
import dev.acm2.worker.intake.IntakePlan.Released;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// This worker as a member of the group that shares the work. Used by one thread, but for
/// [#wakeUp].
final class WorkConsumer implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final MeterRegistry meters;

  /// @param slots calls at once, so also records at once
  WorkConsumer(KafkaSettings settings, String workerId, int slots, MeterRegistry meters) {
    this.consumer = settings.consumer(Intake.GROUP, config(workerId, slots));
    this.meters = meters;
    consumer.subscribe(List.of(Topics.WORK.topic()));
  }

  private static Map<String, Object> config(String workerId, int slots) {
    return Map.of(
      ConsumerConfig.CLIENT_ID_CONFIG,
      Intake.GROUP + "-" + workerId,
      ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
      slots,
      // What does not fit the slots is read again: a small fetch keeps that cheap.
      ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
      64 * 1024,
      // The work of a dead worker moves on within seconds.
      ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
      6000,
      ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
      1500,
      ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
      CooperativeStickyAssignor.class.getName()
    );
  }

  /// Waits for records, in offset order within each partition; none while it is paused.
  List<Offered> poll() {
    List<Offered> offered = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
      Optional<WorkItem> item = WorkRecords.decode(received);
      if (item.isEmpty()) {
        meters.counter("acm2.worker.work.undecodable").increment();
      }
      Instant at = Instant.ofEpochMilli(received.timestamp());
      offered.add(
        new Offered(
          received.partition(),
          received.offset(),
          item.map(work -> new Released(work, at))
        )
      );
    }
    return offered;
  }

  void pause() {
    consumer.pause(consumer.assignment());
  }

  void resume() {
    consumer.resume(consumer.paused());
  }

  /// Ends a poll from another thread.
  void wakeUp() {
    consumer.wakeup();
  }

  /// To what is committed: work that was read and not committed comes again, committed work never.
  void rewind() {
    consumer.committed(consumer.assignment()).forEach((partition, offset) -> {
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    });
  }

  /// To the records that have to wait.
  void seekBack(IntakePlan plan) {
    plan.seekBack().forEach((partition, offset) -> consumer.seek(work(partition), offset));
  }

  static Map<TopicPartition, OffsetAndMetadata> offsets(IntakePlan plan) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    plan
      .nextOffsets()
      .forEach((partition, next) -> offsets.put(work(partition), new OffsetAndMetadata(next)));
    return offsets;
  }

  private static TopicPartition work(int partition) {
    return new TopicPartition(Topics.WORK.topic(), partition);
  }

  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
