package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that reads the topic of views from its end and hands everything to the hub.
///
/// After an error it goes on where it was. When that is not possible, or when there is too much to
/// catch up with, it begins at the end again and says so to the hub: a hole is never passed over.
final class ViewFeed implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ViewFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 5000;
  private static final long MOST_TO_CATCH_UP = 50_000;

  private final KafkaSettings settings;
  private final short replication;
  private final RunHub hub;
  private final Counter errors;
  private final Map<Integer, Long> positions = new HashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("view-feed").unstarted(this);
  private final Map<Integer, AsOf> newest = new ConcurrentHashMap<>();
  private volatile @Nullable String trouble = "not started";
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
  private long pauseMs = FIRST_PAUSE_MS;

  ViewFeed(KafkaSettings settings, short replication, RunHub hub, Counter errors) {
    this.settings = settings;
    this.replication = replication;
    this.hub = hub;
    this.errors = errors;
  }

  void start() {
    thread.start();
  }

  /// Why nothing arrives, null while all is well.
  @Nullable
  String trouble() {
    return trouble != null || thread.isAlive() ? trouble : "the thread is dead";
  }

  /// The version of the newest run that has passed in the partition, null when none has.
  @Nullable
  AsOf newest(int partition) {
    return newest.get(partition);
  }

  /// Of the views that pass; empty before the first.
  Optional<Integer> generation() {
    return newest.values().stream().map(AsOf::generation).max(Integer::compare);
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
    thread.join(Duration.ofSeconds(5));
  }

  private void read() {
    try (KafkaConsumer<byte[], byte[]> consumer = settings.reader()) {
      current = consumer;
      List<TopicPartition> partitions = consumer
        .partitionsFor(Topics.VIEWS.topic(), PATIENCE)
        .stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
      partitions.forEach(p ->
        seek(consumer, p, begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L))
      );
      trouble = null;
      pauseMs = FIRST_PAUSE_MS;
      while (stopping.getCount() > 0) {
        consumer.poll(POLL).forEach(this::pass);
      }
    } finally {
      current = null;
    }
  }

  private void seek(
    KafkaConsumer<byte[], byte[]> consumer,
    TopicPartition partition,
    long begin,
    long end
  ) {
    @Nullable
    Long known = positions.get(partition.partition());
    if (!canGoOn(known, begin, end)) {
      restart(partition.partition(), end);
    }
    consumer.seek(partition, positions.getOrDefault(partition.partition(), end));
  }

  /// Whether every view since the known position can still be read, in bearable time.
  static boolean canGoOn(@Nullable Long known, long begin, long end) {
    return known != null && known >= begin && known <= end && end - known <= MOST_TO_CATCH_UP;
  }

  private void restart(int partition, long position) {
    positions.put(partition, position);
    hub.startAt(partition, position);
  }

  private void pass(ConsumerRecord<byte[], byte[]> received) {
    int partition = received.partition();
    if (received.offset() < positions.getOrDefault(partition, 0L)) {
      // The log was cut off or made anew, and the client of Kafka went back to its beginning.
      newest.remove(partition);
      restart(partition, received.offset());
    }
    positions.put(partition, received.offset() + 1);
    decode(received).ifPresent(view -> {
      if (view instanceof View.OfRun(var run)) {
        newest.merge(partition, run.asOf(), ViewFeed::newer);
      }
      hub.accept(partition, received.offset(), view);
    });
  }

  private static AsOf newer(AsOf known, AsOf passed) {
    boolean older =
      passed.generation() < known.generation() ||
      (passed.generation() == known.generation() && passed.offset() < known.offset());
    return older ? known : passed;
  }

  private Optional<View> decode(ConsumerRecord<byte[], byte[]> received) {
    try {
      Map<String, String> headers = EventRecords.toMap(received.headers());
      String kind = headers.getOrDefault("view", "");
      return switch (kind) {
        case "run" -> Optional.of(new View.OfRun(parse(received, RunView.class)));
        case "call" -> Optional.of(
          new View.OfCall(
            parse(received, CallView.class),
            Integer.parseInt(headers.getOrDefault("generation", ""))
          )
        );
        case String other -> throw new IllegalArgumentException("a view named " + other);
      };
    } catch (RuntimeException e) {
      errors.increment();
      LOG.error(
        "{}-{}@{} is no view",
        received.topic(),
        received.partition(),
        received.offset(),
        e
      );
      return Optional.empty();
    }
  }

  private static <T> T parse(ConsumerRecord<byte[], byte[]> received, Class<T> type) {
    byte @Nullable [] value = received.value();
    if (value == null) {
      throw new IllegalArgumentException("a record without value");
    }
    return ContractJson.VIEWS.readValue(value, type);
  }

  private void report(RuntimeException error) {
    trouble = String.valueOf(error.getMessage());
    errors.increment();
    LOG.warn("the feed of views broke off; it goes on in {} ms", pauseMs, error);
    try {
      boolean _ = stopping.await(pauseMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}
