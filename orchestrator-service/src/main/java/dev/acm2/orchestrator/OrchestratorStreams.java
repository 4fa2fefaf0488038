package dev.acm2.orchestrator;

import dev.acm2.contract.LaneLimits;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.eventlog.TopologySettings;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/// Runs the topology as long as the application runs. A thread that fails is counted and replaced; what
/// it had not committed is done again by the next one.
final class OrchestratorStreams implements SmartLifecycle, HealthIndicator {

  private static final Duration COMMIT = Duration.ofMillis(100);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final String NOT_READY = "the limits of the lanes are not known yet";
  private static final StoreQueryParameters<ReadOnlyKeyValueStore<String, LaneLimits>> OVERRIDES =
    StoreQueryParameters.fromNameAndType(Overrides.STORE, QueryableStoreTypes.keyValueStore());
  private static final Logger LOG = LoggerFactory.getLogger(OrchestratorStreams.class);

  private final OrchestratorSettings settings;
  private final KafkaSettings kafka;
  private final Topology topology;
  private final Counter failures;
  private volatile @Nullable KafkaStreams streams;

  OrchestratorStreams(
    OrchestratorSettings settings,
    KafkaSettings kafka,
    Topology topology,
    Counter failures
  ) {
    this.settings = settings;
    this.kafka = kafka;
    this.topology = topology;
    this.failures = failures;
  }

  @Override
  public void start() {
    TopicAdmin.ensureTopics(kafka, settings.replicationFactor());
    KafkaStreams started = new KafkaStreams(topology, config());
    started.setUncaughtExceptionHandler(this::failed);
    started.start();
    streams = started;
  }

  @Override
  public void stop() {
    KafkaStreams running = streams;
    if (running != null) {
      boolean closed = running.close(
        CloseOptions.groupMembershipOperation(
          CloseOptions.GroupMembershipOperation.LEAVE_GROUP
        ).withTimeout(STOP_PATIENCE)
      );
      if (!closed) {
        LOG.warn("the streams did not stop within {}", STOP_PATIENCE);
      }
      streams = null;
    }
  }

  @Override
  public boolean isRunning() {
    return streams != null;
  }

  /// The limits that somebody has set, by lane.
  ///
  /// @throws Problem log-unavailable as long as the streams have not started or are being restored
  Map<String, LaneLimits> laneOverrides() {
    KafkaStreams running = streams;
    if (running == null) {
      throw Problem.unavailable("log-unavailable", NOT_READY, new IllegalStateException(NOT_READY));
    }
    Map<String, LaneLimits> overrides = new TreeMap<>();
    try (var all = running.store(OVERRIDES).all()) {
      all.forEachRemaining(entry -> overrides.put(entry.key, entry.value));
    } catch (InvalidStateStoreException e) {
      throw Problem.unavailable("log-unavailable", NOT_READY, e);
    }
    return overrides;
  }

  /// UP while every thread lives and the streams run or are being assigned.
  @Override
  public Health health() {
    KafkaStreams running = streams;
    if (running == null) {
      return Health.down().withDetail("state", "NOT_STARTED").build();
    }
    long alive = running.metadataForLocalThreads().stream().filter(this::alive).count();
    boolean up = running.state().isRunningOrRebalancing() && alive >= settings.threads();
    return (up ? Health.up() : Health.down())
      .withDetail("state", running.state().name())
      .withDetail("threadsAlive", alive)
      .withDetail("failures", (long) failures.count())
      .build();
  }

  private boolean alive(ThreadMetadata thread) {
    return !thread.threadState().equals("DEAD") && !thread.threadState().equals("PENDING_SHUTDOWN");
  }

  private StreamThreadExceptionResponse failed(Throwable e) {
    LOG.error("a stream thread failed and is replaced", e);
    failures.increment();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private Properties config() {
    Properties config = TopologySettings.of(
      kafka,
      settings.applicationId(),
      settings.stateDir(),
      settings.replicationFactor(),
      settings.threads(),
      COMMIT
    );
    config.put(
      StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
      LogAndContinueExceptionHandler.class
    );
    return config;
  }
}
