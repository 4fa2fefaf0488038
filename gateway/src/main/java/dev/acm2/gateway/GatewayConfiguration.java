package dev.acm2.gateway;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ContractJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/// Everything that the gateway is made of, but for what reads the log.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

  private static final int RUNS_REMEMBERED = 64;
  private static final int VIEWS_REMEMBERED = 512;
  private static final int MOST_PENDING = 10_000;

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

  /// Streams end before the web server waits for its connections to end.
  @Bean
  ApplicationListener<ContextClosedEvent> byeOnShutdown(RunHub hub) {
    return _ -> hub.shutdown();
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
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
  LogQueries logQueries(Tables tables) {
    return new LogQueries(tables);
  }

  @Bean
  HistoryQueries historyQueries(Tables tables) {
    return new HistoryQueries(tables);
  }

  @Bean
  RunPages runPages(RunQueries queries, Tables tables) {
    return new RunPages(queries, new EventPages(tables));
  }

  @Bean
  DocumentArchive documentArchive(
    RunPages pages,
    SourceReads sources,
    PostgresArtifactStore artifacts
  ) {
    return new DocumentArchive(pages, sources, artifacts);
  }

  @Bean
  PaceQueries paceQueries(Tables tables) {
    return new PaceQueries(tables);
  }

  @Bean
  PresetStore presetStore(DataSource dataSource, Tables tables) {
    return new PresetStore(new PresetSchema(dataSource), tables);
  }

  @Bean
  Estimates estimates(Tables tables) {
    return new Estimates(new PastCalls(tables));
  }

  @Bean
  SourceReads sourceReads(RunQueries queries) {
    return new SourceReads(queries);
  }

  @Bean
  CommandChecks commandChecks(RunQueries queries, RunReads reads) {
    return new CommandChecks(queries, reads);
  }

  @Bean
  ReEvaluations reEvaluations(RunQueries queries, RunReads reads, PostgresArtifactStore artifacts) {
    return new ReEvaluations(queries, reads, new Texts(artifacts));
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
  LiveStreams liveStreams(
    RunHub hub,
    RunQueries queries,
    RunReads reads,
    ProgressWatch progress,
    InstantSource clock
  ) {
    return new LiveStreams(new LiveStream.Origin(hub, queries, reads, clock), progress);
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
