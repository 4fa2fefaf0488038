package dev.acm2.projector;

import dev.acm2.contract.Topics;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the fold and the sinks once the database and the log can be reached, and stops them.
final class Projector implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 5000;

  private final ProjectorSettings settings;
  private final KafkaSettings kafka;
  private final DataSource dataSource;
  private final MeterRegistry meters;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread starter = Thread.ofPlatform()
    .daemon()
    .name("projector-start")
    .unstarted(this);
  private volatile @Nullable String trouble = "not started";
  private volatile @Nullable KafkaStreams streams;
  private volatile List<Sink> sinks = List.of();

  Projector(ProjectorSettings settings, DataSource dataSource, MeterRegistry meters) {
    this.settings = settings;
    this.kafka = new KafkaSettings(settings.bootstrapServers());
    this.dataSource = dataSource;
    this.meters = meters;
  }

  void start() {
    starter.start();
  }

  /// What is wrong with the fold, null while all is well.
  @Nullable
  String foldTrouble() {
    KafkaStreams running = streams;
    if (trouble != null || running == null) {
      return trouble == null ? "not started" : trouble;
    }
    return running.state().isRunningOrRebalancing() ? null : "streams are " + running.state();
  }

  /// What is wrong with the sinks, null while all is well.
  @Nullable
  String sinkTrouble() {
    if (sinks.isEmpty()) {
      return "not started";
    }
    for (Sink sink : sinks) {
      @Nullable
      String found = sink.trouble();
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public void run() {
    long pauseMs = FIRST_PAUSE_MS;
    while (stopping.getCount() > 0) {
      try {
        prepare();
        return;
      } catch (SQLException | RuntimeException e) {
        trouble = String.valueOf(e.getMessage());
        LOG.error("the projector cannot start yet; it tries again in {} ms", pauseMs, e);
        pause(pauseMs);
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    starter.join(STOP_PATIENCE);
    for (Sink sink : sinks) {
      sink.close();
    }
    KafkaStreams running = streams;
    if (running != null && !running.close(STOP_PATIENCE)) {
      LOG.warn("the fold did not stop within {}", STOP_PATIENCE);
    }
  }

  private void prepare() throws SQLException {
    ProjectionSchema.migrate(dataSource);
    int generation = ProjectionSchema.generation(dataSource);
    TopicAdmin.ensureTopics(kafka, settings.replicationFactor());
    KafkaStreams fold = new KafkaStreams(
      ProjectorTopology.build(generation),
      StreamsSettings.of(settings, generation)
    );
    Counter failures = Counter.builder("acm2.projector.fold.failures").register(meters);
    fold.setUncaughtExceptionHandler(error -> replace(error, failures));
    fold.setStateListener((now, _) -> listen(now));
    fold.start();
    streams = fold;
    sinks = sinks(generation);
    sinks.forEach(Sink::start);
    trouble = null;
    LOG.info("the projector folds generation {}", generation);
  }

  private StreamThreadExceptionResponse replace(Throwable error, Counter failures) {
    failures.increment();
    trouble = String.valueOf(error.getMessage());
    LOG.error("a thread of the fold failed and is replaced", error);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /// A replaced thread has proved itself when the partitions are assigned again.
  private void listen(KafkaStreams.State now) {
    if (now == KafkaStreams.State.RUNNING) {
      trouble = null;
    }
  }

  private List<Sink> sinks(int generation) {
    return List.of(
      sink("views", Map.of(Topics.VIEWS.topic(), new ViewRows(generation))),
      sink(
        "raw",
        Map.of(
          Topics.EVENTS.topic(),
          new EventRows(),
          Topics.QUARANTINE.topic(),
          new QuarantineRows()
        )
      ),
      // A thread of its own: however much runs have to say, views and events do not wait for it.
      sink("logs", Map.of(Topics.LOGS.topic(), new LogRows()))
    );
  }

  private Sink sink(String name, Map<String, RowWriter> writers) {
    Counter failures = Counter.builder("acm2.projector.sink.failures")
      .tag("sink", name)
      .register(meters);
    return new Sink(name, kafka, new SinkWriter(dataSource, writers), failures);
  }

  private void pause(long millis) {
    try {
      boolean _ = stopping.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }
}
