package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.gateway.Progress.Seen;
import dev.acm2.projection.AsOf;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that looks, once a second and for all clients together, how far the views are behind the
/// log: what the projector has committed or the feed has passed, against the end of each partition.
/// While nobody watches a run, nobody looks.
final class ProgressWatch implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  /// More than that is told by offsets: reading it once a second would cost more than the number is worth.
  private static final long MOST_TO_COUNT = 2_000;

  private final Origin origin;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("progress").unstarted(this);
  private volatile Progress progress = Progress.UNKNOWN;
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private int generation;

  ProgressWatch(Origin origin) {
    this.origin = origin;
  }

  /// What is looked at.
  ///
  /// @param applicationId of the projector's fold, without its generation
  record Origin(
    KafkaSettings kafka,
    String applicationId,
    RunHub hub,
    ViewFeed feed,
    ServiceQueries queries,
    InstantSource clock
  ) {}

  void start() {
    thread.start();
  }

  /// As of the last look.
  Pulse pulse(Collection<RunId> runs) {
    return progress.pulse(runs, origin.clock().instant());
  }

  @Override
  public void run() {
    try {
      while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        progress = origin.hub().isWatched() ? look() : Progress.UNKNOWN;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forgetConsumer();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    thread.join(PATIENCE.multipliedBy(3));
  }

  private Progress look() {
    try {
      Map<Integer, Seen> seen = seen(consumer());
      return progress.after(seen, origin.feed().trouble(), origin.clock().instant());
    } catch (RuntimeException e) {
      // Whatever it is: a thread that ends here would leave every client with what was true once.
      LOG.warn("it is not known how far the views are behind", e);
      return progress.afterSilence(String.valueOf(e.getMessage()), origin.clock().instant());
    }
  }

  private Map<Integer, Seen> seen(KafkaConsumer<byte[], byte[]> log) {
    List<TopicPartition> partitions = log
      .partitionsFor(Topics.EVENTS.topic(), PATIENCE)
      .stream()
      .map(info -> new TopicPartition(info.topic(), info.partition()))
      .toList();
    // The client of Kafka warns of ends that it was asked for and is not assigned to.
    log.assign(partitions);
    Map<TopicPartition, Long> ends = log.endOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> positions = positions(log, partitions);
    Map<TopicPartition, Long> behind = behind(log, positions, ends);
    Map<Integer, Seen> seen = new HashMap<>();
    positions.forEach((partition, position) ->
      seen.put(partition.partition(), new Seen(position, behind.getOrDefault(partition, 0L)))
    );
    return seen;
  }

  /// The projector commits what it has folded together with its views; the feed knows of views before
  /// that. Events that give no view, since they cannot be read, are passed by the commit alone.
  private Map<TopicPartition, Long> positions(
    KafkaConsumer<byte[], byte[]> log,
    List<TopicPartition> partitions
  ) {
    Map<TopicPartition, OffsetAndMetadata> folded = log.committed(
      new HashSet<>(partitions),
      PATIENCE
    );
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata fold = folded.get(partition);
      AsOf newest = origin.feed().newest(partition.partition());
      long passed = newest == null ? 0 : newest.offset() + 1;
      positions.put(partition, Math.max(passed, fold == null ? 0 : fold.offset()));
    }
    return positions;
  }

  private static Map<TopicPartition, Long> behind(
    KafkaConsumer<byte[], byte[]> log,
    Map<TopicPartition, Long> positions,
    Map<TopicPartition, Long> ends
  ) {
    Map<TopicPartition, Long> behind = new HashMap<>();
    positions.forEach((partition, position) ->
      behind.put(partition, Math.max(0, ends.getOrDefault(partition, 0L) - position))
    );
    long all = behind.values().stream().mapToLong(Long::longValue).sum();
    return all == 0 || all > MOST_TO_COUNT ? behind : ProjectorLag.count(log, positions, ends);
  }

  /// Commits are those of one generation of the fold.
  private KafkaConsumer<byte[], byte[]> consumer() {
    int current = origin.feed().generation().orElseGet(this::generationOfTables);
    KafkaConsumer<byte[], byte[]> known = consumer;
    if (known != null && current == generation) {
      return known;
    }
    forgetConsumer();
    KafkaConsumer<byte[], byte[]> fresh = origin
      .kafka()
      .consumer(
        origin.applicationId() + "-g" + current,
        Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)
      );
    generation = current;
    consumer = fresh;
    return fresh;
  }

  /// Asked only until the first view has passed; without tables the one that was known before.
  private int generationOfTables() {
    try {
      return consumer != null ? generation : origin.queries().standing().generation();
    } catch (ProblemException e) {
      LOG.debug("the tables do not answer", e);
      return generation;
    }
  }

  private void forgetConsumer() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
