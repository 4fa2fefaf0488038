package dev.acm2.gateway;

import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.gateway.ServiceQueries.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// How many events the tables do not show yet: those that are not folded or not written, and those whose
/// views are not written.
///
/// Offsets alone do not tell that, since marks of transactions take some too: what lies between a position
/// and the end of the log is read and counted. What cannot be read within a second is counted by offsets.
final class ProjectorLag {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration COUNTING = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String SPEC = "/spec";

  private final KafkaSettings kafka;
  private final String applicationId;

  /// @param applicationId of the projector's fold, without its generation
  ProjectorLag(KafkaSettings kafka, String applicationId) {
    this.kafka = kafka;
    this.applicationId = applicationId;
  }

  /// @param tables how far they have been written, null when they cannot be read
  /// @return empty without the tables
  /// @throws org.apache.kafka.common.KafkaException when the log does not answer
  OptionalLong events(@Nullable Standing tables) {
    int generation = tables == null ? 0 : tables.generation();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(generation)) {
      List<TopicPartition> partitions = Stream.of(Topics.EVENTS, Topics.VIEWS)
        .flatMap(topic -> consumer.partitionsFor(topic.topic(), PATIENCE).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      return tables == null
        ? OptionalLong.empty()
        : OptionalLong.of(sum(count(consumer, positions(consumer, partitions, tables), ends)));
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(int generation) {
    return kafka.consumer(
      applicationId + "-g" + generation,
      Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)
    );
  }

  /// From where on records are missing in the tables.
  private static Map<TopicPartition, Long> positions(
    KafkaConsumer<byte[], byte[]> consumer,
    List<TopicPartition> partitions,
    Standing tables
  ) {
    Map<TopicPartition, OffsetAndMetadata> folded = consumer.committed(
      new HashSet<>(partitions),
      PATIENCE
    );
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long written = tables.written().getOrDefault(partition, 0L);
      OffsetAndMetadata fold = folded.get(partition);
      long next = isEvents(partition)
        ? Math.min(written, fold == null ? 0 : fold.offset())
        : written;
      positions.put(partition, next);
    }
    return positions;
  }

  private static long sum(Map<TopicPartition, Long> counted) {
    return counted.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The events from each position to its end; of a partition without any it says nothing.
  static Map<TopicPartition, Long> count(
    KafkaConsumer<byte[], byte[]> consumer,
    Map<TopicPartition, Long> positions,
    Map<TopicPartition, Long> ends
  ) {
    Set<TopicPartition> open = new HashSet<>(positions.keySet());
    open.removeIf(partition -> positions.getOrDefault(partition, 0L) >= end(ends, partition));
    consumer.assign(open);
    open.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
    long until = System.nanoTime() + COUNTING.toNanos();
    Map<TopicPartition, Long> counted = new HashMap<>();
    while (!open.isEmpty() && System.nanoTime() - until < 0) {
      for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
        TopicPartition partition = partition(received);
        if (isEvent(received) && received.offset() < end(ends, partition)) {
          counted.merge(partition, 1L, Long::sum);
        }
      }
      open.removeIf(partition -> consumer.position(partition, PATIENCE) >= end(ends, partition));
    }
    for (TopicPartition partition : open) {
      long left = end(ends, partition) - consumer.position(partition, PATIENCE);
      counted.merge(partition, left, Long::sum);
    }
    return counted;
  }

  /// Each event gives one view of its run.
  private static boolean isEvent(ConsumerRecord<byte[], byte[]> received) {
    if (isEvents(partition(received))) {
      return true;
    }
    String key = new String(received.key(), StandardCharsets.UTF_8);
    String view = EventRecords.toMap(received.headers()).getOrDefault("view", "");
    return view.equals("run") && !key.endsWith(SPEC);
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> received) {
    return new TopicPartition(received.topic(), received.partition());
  }

  private static boolean isEvents(TopicPartition partition) {
    return partition.topic().equals(Topics.EVENTS.topic());
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }
}
