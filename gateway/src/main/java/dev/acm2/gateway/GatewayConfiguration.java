package dev.acm2.gateway;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ContractJson;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/// Everything that the gateway is made of.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

  private static final int RUNS_REMEMBERED = 64;
  private static final int VIEWS_REMEMBERED = 512;
  private static final int MOST_PENDING = 10_000;
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(15);

  @Bean
  JsonMapper jsonMapper() {
    return ContractJson.VIEWS;
  }

  @Bean
  RunHub runHub(MeterRegistry meters) {
    RunHub hub = new RunHub(RUNS_REMEMBERED, VIEWS_REMEMBERED, MOST_PENDING);
    Gauge.builder("acm2.gateway.streams", hub, h -> h.subscriptions().size()).register(meters);
    return hub;
  }

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
    return () -> {
      String trouble = feed.trouble();
      return trouble == null
        ? Health.up().build()
        : Health.down().withDetail("error", trouble).build();
    };
  }

  /// Streams end before the web server waits for its connections to end.
  @Bean
  ApplicationListener<ContextClosedEvent> byeOnShutdown(RunHub hub) {
    return _ -> hub.shutdown();
  }

  @Bean
  Tables tables(DataSource dataSource) {
    return new Tables(dataSource);
  }

  @Bean
  RunQueries runQueries(Tables tables) {
    return new RunQueries(tables);
  }

  @Bean
  ServiceQueries serviceQueries(Tables tables) {
    return new ServiceQueries(tables);
  }

  @Bean
  PostgresArtifactStore artifactStore(DataSource dataSource) {
    return new PostgresArtifactStore(dataSource);
  }

  @Bean
  RunReads runReads(RunHub hub) {
    return new RunReads(hub);
  }

  /// Threads and connections of this application alone: those that are shared in a JVM end with the
  /// first application that is closed.
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }

  @Bean
  Orchestrator orchestrator(GatewaySettings settings, ReactorResourceFactory resources) {
    HttpClient http = HttpClient.create(resources.getConnectionProvider()).runOn(
      resources.getLoopResources()
    );
    return new Orchestrator(settings.orchestratorUrl(), http);
  }

  @Bean
  Verifier verifier(KafkaSettings kafka) {
    return new Verifier(new RunLog(kafka, LOG_PATIENCE));
  }

  @Bean
  LiveStreams liveStreams(RunHub hub, RunQueries queries, RunReads reads) {
    return new LiveStreams(hub, queries, reads);
  }

  @Bean(destroyMethod = "dispose")
  Scheduler blockingScheduler() {
    return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "blocking");
  }

  @Bean
  SecurityHeaders securityHeaders() {
    return new SecurityHeaders();
  }

  @Bean
  Problems problems() {
    return new Problems();
  }

  @Bean
  OpenApiDescription openApiDescription() {
    return new OpenApiDescription();
  }
}
