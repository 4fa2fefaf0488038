package dev.acm2.projector;

import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopologySettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// Configuration of Kafka Streams: exactly once, quick commits, little memory.
final class StreamsSettings {

  /// Often enough to be live, and seldom enough that a long log is folded in large transactions: a
  /// commit after each event would cost a transaction each.
  private static final Duration COMMIT = Duration.ofMillis(25);

  private static final int MAX_POLL_RECORDS = 500;

  private StreamsSettings() {}

  static Properties of(ProjectorSettings settings, int generation) {
    // A new generation is a new application: it folds the log from its beginning.
    Properties config = TopologySettings.of(
      new KafkaSettings(settings.bootstrapServers()),
      settings.applicationId() + "-g" + generation,
      settings.stateDir(),
      settings.replicationFactor(),
      settings.threads(),
      COMMIT
    );
    // Waiting for records longer than that would delay the commit of those at hand.
    config.put(StreamsConfig.POLL_MS_CONFIG, COMMIT.toMillis());
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    config.put(
      StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
      MAX_POLL_RECORDS
    );
    return config;
  }
}
