package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// What the records of every key of a compacted topic add up to, read by one thread from the beginning: the
/// newest value, or a fold of those that are still there. A key without a value is forgotten.
///
/// Guarantee: nothing is given before everything has been read that was there at the start. After an error
/// the topic is read anew; what was known stays until that has caught up.
final class CompactedTopic<V> implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 2000;

  private final KafkaSettings settings;
  private final short replication;
  private final Topics topic;
  private final BiFunction<@Nullable V, byte[], V> evolve;
  private final Counter errors;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Map<String, V> known;
  private volatile @Nullable String trouble = "not started";
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  /// The newest value of every key.
  CompactedTopic(
    KafkaSettings settings,
    short replication,
    Topics topic,
    Class<V> type,
    Counter errors
  ) {
    this(settings, replication, topic, type, (_, next) -> next, errors);
  }

  /// @param evolve what a key's values add up to, with one value more
  <T> CompactedTopic(
    KafkaSettings settings,
    short replication,
    Topics topic,
    Class<T> type,
    BiFunction<@Nullable V, T, V> evolve,
    Counter errors
  ) {
    this.settings = settings;
    this.replication = replication;
    this.topic = topic;
    this.evolve = (before, value) ->
      evolve.apply(before, ContractJson.EVENTS.readValue(value, type));
    this.errors = errors;
    thread = Thread.ofPlatform().daemon().name(topic.topic()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  /// Why nothing new arrives, null while all is well.
  @Nullable
  String trouble() {
    return trouble != null || thread.isAlive() ? trouble : "the thread is dead";
  }

  /// @throws ProblemException log-unavailable until everything has been read once
  Collection<V> values() {
    Map<String, V> values = known;
    if (values == null) {
      throw ProblemException.catchingUp();
    }
    return values.values();
  }

  @Override
  public void run() {
    while (stopping.getCount() > 0) {
      try {
        TopicAdmin.ensureTopics(settings, replication);
        read();
      } catch (KafkaException | IllegalStateException e) {
        if (stopping.getCount() > 0) {
          report(e);
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    KafkaConsumer<byte[], byte[]> reading = current;
    if (reading != null) {
      reading.wakeup();
    }
    thread.join(Duration.ofSeconds(1));
  }

  private void read() {
    Map<String, V> values = new ConcurrentHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = settings.reader()) {
      current = consumer;
      List<TopicPartition> partitions = consumer
        .partitionsFor(topic.topic(), PATIENCE)
        .stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      while (!reached(consumer, ends) && stopping.getCount() > 0) {
        consumer.poll(POLL).forEach(received -> keep(received, values));
      }
      known = values;
      trouble = null;
      while (stopping.getCount() > 0) {
        consumer.poll(POLL).forEach(received -> keep(received, values));
      }
    } finally {
      current = null;
    }
  }

  private static boolean reached(
    KafkaConsumer<byte[], byte[]> consumer,
    Map<TopicPartition, Long> ends
  ) {
    return ends
      .entrySet()
      .stream()
      .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
  }

  private void keep(ConsumerRecord<byte[], byte[]> received, Map<String, V> values) {
    String key = new String(received.key(), StandardCharsets.UTF_8);
    byte @Nullable [] value = received.value();
    if (value == null) {
      values.remove(key);
      return;
    }
    try {
      values.put(key, evolve.apply(values.get(key), value));
    } catch (JacksonException e) {
      errors.increment();
      LOG.error("{}@{} cannot be read", received.topic(), received.offset(), e);
    }
  }

  private void report(RuntimeException error) {
    trouble = String.valueOf(error.getMessage());
    errors.increment();
    LOG.warn("reading {} broke off; it begins anew in {} ms", topic.topic(), PAUSE_MS, error);
    try {
      boolean _ = stopping.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }
}
