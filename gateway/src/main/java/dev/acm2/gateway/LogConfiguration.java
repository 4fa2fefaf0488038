package dev.acm2.gateway;

import dev.acm2.contract.LaneView;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Everything that reads the log, and the health of its threads.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  private static final Duration LOG_PATIENCE = Duration.ofSeconds(15);

  @Bean
  KafkaSettings kafkaSettings(GatewaySettings settings) {
    return new KafkaSettings(settings.bootstrapServers());
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ViewFeed viewFeed(
    KafkaSettings kafka,
    GatewaySettings settings,
    RunHub hub,
    MeterRegistry meters
  ) {
    Counter errors = Counter.builder("acm2.gateway.feed.errors").register(meters);
    return new ViewFeed(kafka, settings.replicationFactor(), hub, errors);
  }

  @Bean
  HealthIndicator feedHealthIndicator(ViewFeed feed) {
    return () -> health(feed.trouble());
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  CompactedTopic<LaneHistory> lanes(
    KafkaSettings kafka,
    GatewaySettings settings,
    MeterRegistry meters
  ) {
    return new CompactedTopic<>(
      kafka,
      settings.replicationFactor(),
      Topics.LANE_VIEWS,
      LaneView.class,
      LaneHistory::evolve,
      errors(Topics.LANE_VIEWS, meters)
    );
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  CompactedTopic<WorkerHeartbeat> workers(
    KafkaSettings kafka,
    GatewaySettings settings,
    MeterRegistry meters
  ) {
    return new CompactedTopic<>(
      kafka,
      settings.replicationFactor(),
      Topics.WORKERS,
      WorkerHeartbeat.class,
      errors(Topics.WORKERS, meters)
    );
  }

  private static Counter errors(Topics topic, MeterRegistry meters) {
    return Counter.builder("acm2.gateway.topic.errors")
      .tag("topic", topic.topic())
      .register(meters);
  }

  @Bean
  HealthIndicator lanesHealthIndicator(CompactedTopic<LaneHistory> lanes) {
    return () -> health(lanes.trouble());
  }

  @Bean
  HealthIndicator workersHealthIndicator(CompactedTopic<WorkerHeartbeat> workers) {
    return () -> health(workers.trouble());
  }

  private static Health health(@Nullable String trouble) {
    return trouble == null
      ? Health.up().build()
      : Health.down().withDetail("error", trouble).build();
  }

  @Bean
  ProjectorLag projectorLag(KafkaSettings kafka, GatewaySettings settings) {
    return new ProjectorLag(kafka, settings.projectorApplicationId());
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  ProgressWatch progressWatch(
    KafkaSettings kafka,
    GatewaySettings settings,
    RunHub hub,
    ViewFeed feed,
    ServiceQueries queries,
    InstantSource clock
  ) {
    String applicationId = settings.projectorApplicationId();
    return new ProgressWatch(
      new ProgressWatch.Origin(kafka, applicationId, hub, feed, queries, clock)
    );
  }

  @Bean
  HealthReads healthReads(
    ServiceQueries queries,
    CompactedTopic<WorkerHeartbeat> workers,
    ProjectorLag lag,
    InstantSource clock
  ) {
    return new HealthReads(queries, workers, lag, clock);
  }

  @Bean
  Verifier verifier(KafkaSettings kafka) {
    return new Verifier(new RunLog(kafka, LOG_PATIENCE));
  }
}
