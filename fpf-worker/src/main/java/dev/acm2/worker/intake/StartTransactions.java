package dev.acm2.worker.intake;

import dev.acm2.eventlog.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what was started and the offsets of the work together, or neither.
///
/// A producer that failed in any way is thrown away: the next one of the same id aborts what the
/// old one left open. Used by one thread.
final class StartTransactions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StartTransactions.class);

  private final KafkaSettings settings;
  private final String transactionalId;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  /// @param transactionalId unique to this process
  StartTransactions(KafkaSettings settings, String transactionalId) {
    this.settings = settings;
    this.transactionalId = transactionalId;
  }

  /// Makes sure that there is a working producer and that nothing of an older one is open.
  void begin() {
    ready();
  }

  /// Returns when the transaction is committed; throws when it is not, and then nothing of it
  /// counts.
  void commit(
    List<ProducerRecord<byte[], byte[]>> events,
    Map<TopicPartition, OffsetAndMetadata> offsets,
    ConsumerGroupMetadata group
  ) {
    KafkaProducer<byte[], byte[]> current = ready();
    try {
      current.beginTransaction();
      for (ProducerRecord<byte[], byte[]> event : events) {
        // A send that fails makes the commit fail.
        Future<RecordMetadata> _ = current.send(event);
      }
      current.sendOffsetsToTransaction(offsets, group);
      commit(current);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// A time-out does not say whether the commit was done; asking again is safe and brings the
  /// answer.
  private static void commit(KafkaProducer<byte[], byte[]> current) {
    boolean unknown = true;
    while (unknown) {
      try {
        current.commitTransaction();
        unknown = false;
      } catch (TimeoutException e) {
        LOG.warn(
          "the log does not answer whether the start of calls is committed, asking again",
          e
        );
      }
    }
  }

  private KafkaProducer<byte[], byte[]> ready() {
    KafkaProducer<byte[], byte[]> current = producer;
    if (current == null) {
      current = settings.transactionalProducer(transactionalId);
      producer = current;
      try {
        current.initTransactions();
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }
    return current;
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> current = producer;
    producer = null;
    if (current != null) {
      current.close(Duration.ZERO);
    }
  }
}
