package dev.acm2.eventlog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// How every topology runs: exactly once, with bounded memory, and taken over six seconds after its
/// process was killed.
public final class TopologySettings {

  private static final int SESSION_MS = 6000;
  private static final int HEARTBEAT_MS = 2000;

  private TopologySettings() {}

  /// @param applicationId consumer group, and prefix of the state's topics
  /// @param stateDir folder that is locked; the state itself is in the log
  /// @param replicationFactor copies of each internal topic
  /// @param threads stream threads
  /// @param commit longest time from a result to its commit
  public static Properties of(
    KafkaSettings kafka,
    String applicationId,
    Path stateDir,
    int replicationFactor,
    int threads,
    Duration commit
  ) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commit.toMillis());
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    config.put(
      StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
      Math.toIntExact(KafkaSettings.TRANSACTION_TIMEOUT.toMillis())
    );
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
    config.put(
      StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
      HEARTBEAT_MS
    );
    return config;
  }
}
