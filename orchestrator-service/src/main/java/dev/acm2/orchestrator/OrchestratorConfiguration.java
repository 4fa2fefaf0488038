package dev.acm2.orchestrator;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.BuildId;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.eventlog.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class OrchestratorConfiguration {

  @Bean
  KafkaSettings kafkaSettings(OrchestratorSettings settings) {
    return new KafkaSettings(settings.bootstrapServers());
  }

  @Bean
  EventStamp eventStamp(OrchestratorSettings settings) {
    return EventStamp.of(
      new EventMeta.Producer(
        "orchestrator",
        settings.instance(),
        BuildId.of(OrchestratorApplication.class)
      )
    );
  }

  @Bean
  KnownModels knownModels(OrchestratorSettings settings) {
    return new KnownModels(catalogue(settings.modelsFile()), settings.lanes().keySet());
  }

  private static ModelCatalogue catalogue(String own) {
    ModelCatalogue bundled = ModelCatalogue.bundled();
    try {
      return own.isBlank() ? bundled : bundled.overriddenBy(ModelCatalogue.read(Path.of(own)));
    } catch (IllegalArgumentException e) {
      throw new UnreadableModels(e);
    }
  }

  @Bean
  ArtifactStore artifactStore(DataSource dataSource) {
    migrate(dataSource, PostgresArtifactStore.SCHEMA, PostgresArtifactStore.MIGRATIONS);
    return new PostgresArtifactStore(dataSource);
  }

  @Bean
  AcceptedRuns acceptedRuns(DataSource dataSource) {
    migrate(dataSource, AcceptedRuns.SCHEMA, AcceptedRuns.MIGRATIONS);
    return new AcceptedRuns(JdbcClient.create(dataSource));
  }

  @Bean
  EventAppender eventAppender(KafkaSettings kafka, EventStamp stamp) {
    return new EventAppender(kafka, stamp);
  }

  @Bean
  Acceptance acceptance(
    KnownModels models,
    ArtifactStore artifacts,
    AcceptedRuns runs,
    EventAppender log
  ) {
    return new Acceptance(
      new SubmissionCheck(models, Defaults.STANDARD),
      new SpecFreezer(models, Defaults.STANDARD, new Documents(artifacts)),
      runs,
      log,
      InstantSource.system(),
      new SecureRandom()
    );
  }

  @Bean
  RunControl runControl(AcceptedRuns runs, EventAppender log) {
    return new RunControl(runs, log, InstantSource.system());
  }

  @Bean
  Estimating estimating(
    OrchestratorSettings settings,
    KnownModels models,
    ArtifactStore artifacts,
    OrchestratorStreams streams
  ) {
    return new Estimating(
      new SubmissionCheck(models, Defaults.STANDARD),
      new SpecFreezer(models, Defaults.STANDARD, new Documents(new MeasuringStore(artifacts))),
      new Budget(models.catalogue()),
      settings.configuredLanes(),
      streams::laneOverrides
    );
  }

  @Bean
  LogProbe logProbe(KafkaSettings kafka) {
    return new LogProbe(kafka, InstantSource.system());
  }

  @Bean
  OrchestratorStreams orchestratorStreams(
    OrchestratorSettings settings,
    KafkaSettings kafka,
    KnownModels models,
    EventStamp stamp,
    LogProbe probe,
    MeterRegistry meters
  ) {
    return new OrchestratorStreams(
      settings,
      kafka,
      OrchestratorTopology.build(
        models.catalogue(),
        settings.configuredLanes().limits(),
        settings.breaker(),
        stamp,
        probe
      ),
      meters.counter("acm2.orchestrator.stream.failures")
    );
  }

  /// Flyway's lock makes it safe that several services do this at once.
  private static void migrate(DataSource dataSource, String schema, String location) {
    Flyway.configure()
      .dataSource(dataSource)
      .schemas(schema)
      .createSchemas(true)
      .locations(location)
      .load()
      .migrate();
  }
}
