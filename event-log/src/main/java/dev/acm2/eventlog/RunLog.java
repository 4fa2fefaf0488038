package dev.acm2.eventlog;

import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/// Reads the events of one run straight from the log.
public final class RunLog {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings settings;
  private final Duration patience;

  /// @param patience how long to wait for a log that does not answer
  public RunLog(KafkaSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
  }

  /// An event and where it stands.
  ///
  /// @param appendedAt by the clock of the broker
  public record Entry(long offset, Instant appendedAt, RecordedEvent recorded) {}

  /// The partition of [Topics#EVENTS] that holds the run, as Kafka's default partitioner has it.
  public static int partitionOf(RunId runId) {
    byte[] key = runId.toString().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % Topics.EVENTS.partitions();
  }

  /// Feeds the run's readable events in their order.
  ///
  /// @param from first offset of the partition to look at
  /// @param to last offset, inclusive; it must already be in the log
  /// @throws IllegalStateException when the log does not reach `to` within the patience
  public void read(RunId runId, long from, long to, Consumer<Entry> sink) {
    byte[] key = runId.toString().getBytes(StandardCharsets.UTF_8);
    TopicPartition partition = new TopicPartition(Topics.EVENTS.topic(), partitionOf(runId));
    try (KafkaConsumer<byte[], byte[]> consumer = settings.reader()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      long giveUpAt = System.nanoTime() + patience.toNanos();
      while (consumer.position(partition) <= to) {
        if (System.nanoTime() - giveUpAt > 0) {
          throw new IllegalStateException(
            "the log of run " + runId + " does not reach offset " + to
          );
        }
        for (ConsumerRecord<byte[], byte[]> received : consumer.poll(POLL)) {
          if (received.offset() <= to && Arrays.equals(key, received.key())) {
            feed(received, sink);
          }
        }
      }
    }
  }

  private static void feed(ConsumerRecord<byte[], byte[]> received, Consumer<Entry> sink) {
    if (EventRecords.decode(received) instanceof Decoded.Known(RecordedEvent recorded)) {
      sink.accept(
        new Entry(received.offset(), Instant.ofEpochMilli(received.timestamp()), recorded)
      );
    }
  }
}
