package dev.acm2.eventlog;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Clients of the log with the guarantees that ACM2 relies on: nothing is acknowledged before all
/// in-sync replicas have it, nothing is written twice by a retry, nothing uncommitted is read.
///
/// @param bootstrapServers host:port, comma separated
public record KafkaSettings(String bootstrapServers) {
  /// How long an open transaction may hold back the readers when its writer was killed inside it.
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(10);
  private static final int LINGER_MS = 0;

  /// A producer that keeps trying for 10 minutes, so that an answer that was paid for outlives a
  /// restart of the broker.
  public KafkaProducer<byte[], byte[]> producer(String clientId) {
    return new KafkaProducer<>(
      producerConfig(clientId),
      new ByteArraySerializer(),
      new ByteArraySerializer()
    );
  }

  public KafkaProducer<byte[], byte[]> producer(String clientId, Duration deliveryTimeout) {
    return producerWith(
      clientId,
      Map.of(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Math.toIntExact(deliveryTimeout.toMillis()),
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        deliveryTimeout.toMillis(),
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.toIntExact(deliveryTimeout.dividedBy(2).toMillis())
      )
    );
  }

  /// A producer of transactions; a newer one of the same id fences the older.
  public KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId) {
    return producerWith(
      transactionalId,
      Map.of(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        transactionalId,
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()),
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()),
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.toIntExact(TRANSACTION_TIMEOUT.toMillis())
      )
    );
  }

  /// A consumer that commits only when told to.
  public KafkaConsumer<byte[], byte[]> consumer(String groupId, Map<String, Object> overrides) {
    Map<String, Object> config = new java.util.HashMap<>(consumerConfig());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    config.putAll(overrides);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// A consumer without a group, for `assign`.
  public KafkaConsumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(
      consumerConfig(),
      new ByteArrayDeserializer(),
      new ByteArrayDeserializer()
    );
  }

  private KafkaProducer<byte[], byte[]> producerWith(
    String clientId,
    Map<String, Object> overrides
  ) {
    Map<String, Object> config = new java.util.HashMap<>(producerConfig(clientId));
    config.putAll(overrides);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> producerConfig(String clientId) {
    return Map.of(
      CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
      bootstrapServers,
      CommonClientConfigs.CLIENT_ID_CONFIG,
      clientId,
      ProducerConfig.ACKS_CONFIG,
      "all",
      ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
      true,
      ProducerConfig.LINGER_MS_CONFIG,
      LINGER_MS,
      ProducerConfig.COMPRESSION_TYPE_CONFIG,
      "lz4",
      ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
      Math.toIntExact(DELIVERY_TIMEOUT.toMillis()),
      ProducerConfig.MAX_BLOCK_MS_CONFIG,
      DELIVERY_TIMEOUT.toMillis()
    );
  }

  private Map<String, Object> consumerConfig() {
    return Map.of(
      CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
      bootstrapServers,
      ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
      false,
      ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
      "earliest",
      ConsumerConfig.ISOLATION_LEVEL_CONFIG,
      "read_committed",
      ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
      500
    );
  }
}
