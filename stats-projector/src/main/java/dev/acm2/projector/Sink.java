package dev.acm2.projector;

import dev.acm2.eventlog.KafkaSettings;
import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that writes topics to tables.
///
/// Whatever goes wrong, it begins again at the offset that the tables hold: nothing is lost and nothing
/// is written twice. This loop is the only place where it tries again. Several sinks of the same topics
/// may run; the one that is faster wins each batch.
final class Sink implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sink.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BATCH = 2000;
  private static final int FETCH_BYTES = 8 * 1024 * 1024;
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 5000;

  private final String name;
  private final KafkaSettings kafka;
  private final SinkWriter writer;
  private final Counter failures;
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> held = new HashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
  private volatile @Nullable String trouble = "not started";
  private long pauseMs = FIRST_PAUSE_MS;
  private boolean writeFailed;

  Sink(String name, KafkaSettings kafka, SinkWriter writer, Counter failures) {
    this.name = name;
    this.kafka = kafka;
    this.writer = writer;
    this.failures = failures;
    thread = Thread.ofPlatform()
      .daemon()
      .name("sink-" + name)
      .unstarted(this);
  }

  void start() {
    thread.start();
  }

  /// Why nothing is written, null while all is well.
  @Nullable
  String trouble() {
    return trouble != null || thread.isAlive() ? trouble : "the thread is dead";
  }

  @Override
  public void run() {
    while (stopping.getCount() > 0) {
      try {
        consume();
      } catch (WakeupException e) {
        LOG.debug("sink {} was woken up to stop", name, e);
      } catch (SQLException | RuntimeException e) {
        fail(e);
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
    thread.join(Duration.ofSeconds(10));
  }

  private void consume() throws SQLException {
    Map<String, Object> limits = Map.of(
      ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
      BATCH,
      ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
      FETCH_BYTES,
      ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
      false
    );
    held.clear();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer("acm2-sink-" + name, limits)) {
      current = consumer;
      assign(consumer);
      if (!writeFailed) {
        recovered();
      }
      while (stopping.getCount() > 0) {
        write(consumer, consumer.poll(POLL));
      }
    } finally {
      current = null;
    }
  }

  private void assign(KafkaConsumer<byte[], byte[]> consumer) throws SQLException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : writer.topics()) {
      consumer
        .partitionsFor(topic, PATIENCE)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    for (TopicPartition partition : partitions) {
      long next = writer.next(partition);
      if (next > ends.getOrDefault(partition, 0L)) {
        throw new IllegalStateException(
          "the tables are at " + partition + "@" + next + ", ahead of the log: rebuild them"
        );
      }
      consumer.seek(partition, next);
    }
  }

  private void write(
    KafkaConsumer<byte[], byte[]> consumer,
    ConsumerRecords<byte[], byte[]> received
  ) throws SQLException {
    for (TopicPartition partition : received.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = held.computeIfAbsent(partition, _ ->
        new ArrayList<>()
      );
      records.addAll(received.records(partition));
      List<ConsumerRecord<byte[], byte[]>> whole = List.copyOf(
        records.subList(0, writer.whole(partition.topic(), records))
      );
      if (!whole.isEmpty() && write(partition, whole)) {
        records.subList(0, whole.size()).clear();
      } else if (!whole.isEmpty()) {
        records.clear();
        consumer.seek(partition, writer.next(partition));
      }
    }
  }

  /// After a failed write only a write that succeeds proves that all is well again.
  private boolean write(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> whole)
    throws SQLException {
    writeFailed = true;
    boolean written = writer.write(partition, whole);
    writeFailed = false;
    recovered();
    return written;
  }

  private void recovered() {
    trouble = null;
    pauseMs = FIRST_PAUSE_MS;
  }

  private void fail(Exception error) {
    if (stopping.getCount() == 0) {
      return;
    }
    trouble = String.valueOf(error.getMessage());
    failures.increment();
    LOG.error("sink {} broke off; it goes on at the stored offset in {} ms", name, pauseMs, error);
    try {
      boolean _ = stopping.await(pauseMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}
