package dev.acm2.projector;

import dev.acm2.eventlog.KafkaSettings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// Configuration of Kafka Streams: exactly once, quick commits, little memory.
final class StreamsSettings {

  /// Often enough to be live, and seldom enough that a long log is folded in large transactions: a
  /// commit after each event would cost a transaction each.
  private static final int COMMIT_MS = 25;

  private static final int SESSION_MS = 6000;
  private static final int HEARTBEAT_MS = 2000;
  private static final int MAX_POLL_RECORDS = 500;

  private StreamsSettings() {}

  static Properties of(ProjectorSettings settings, int generation) {
    Properties config = new Properties();
    // A new generation is a new application: it folds the log from its beginning.
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId() + "-g" + generation);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replicationFactor());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
    // Waiting for records longer than that would delay the commit of those at hand.
    config.put(StreamsConfig.POLL_MS_CONFIG, COMMIT_MS);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    consumer(config);
    producer(config);
    return config;
  }

  private static void consumer(Properties config) {
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    config.put(
      StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
      MAX_POLL_RECORDS
    );
    // After kill -9 the partitions are taken over when the dead member's session ends.
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
    config.put(
      StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
      HEARTBEAT_MS
    );
  }

  private static void producer(Properties config) {
    int transactionMs = Math.toIntExact(KafkaSettings.TRANSACTION_TIMEOUT.toMillis());
    config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    config.put(
      StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
      transactionMs
    );
  }
}
