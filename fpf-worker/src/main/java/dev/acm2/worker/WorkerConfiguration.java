package dev.acm2.worker;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.BuildId;
import dev.acm2.contract.EventMeta;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.worker.call.CallClock;
import dev.acm2.worker.call.CallStarter;
import dev.acm2.worker.call.HandBack;
import dev.acm2.worker.call.InFlightCalls;
import dev.acm2.worker.call.Watchdog;
import dev.acm2.worker.intake.Cancellations;
import dev.acm2.worker.intake.ControlReader;
import dev.acm2.worker.intake.Intake;
import dev.acm2.worker.intake.Pulse;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the worker together: its ways to the log and to the store, and its threads.
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

  private static final String SERVICE = "fpf-worker";

  /// Unique to the process: a worker that comes back must not seem to be the one that died.
  record WorkerId(String value) {}

  @Bean
  WorkerId workerId(WorkerSettings settings) {
    byte[] suffix = new byte[4];
    new SecureRandom().nextBytes(suffix);
    return new WorkerId(settings.instance() + "-" + HexFormat.of().formatHex(suffix));
  }

  @Bean
  KafkaSettings kafkaSettings(WorkerSettings settings) {
    return new KafkaSettings(settings.bootstrapServers());
  }

  @Bean
  EventStamp eventStamp(WorkerId id) {
    return EventStamp.of(
      new EventMeta.Producer(SERVICE, id.value(), BuildId.of(WorkerApplication.class))
    );
  }

  @Bean
  ArtifactStore artifactStore(DataSource dataSource) {
    Flyway.configure()
      .dataSource(dataSource)
      .schemas(PostgresArtifactStore.SCHEMA)
      .createSchemas(true)
      .locations(PostgresArtifactStore.MIGRATIONS)
      .load()
      .migrate();
    return new PostgresArtifactStore(dataSource);
  }

  @Bean
  Cancellations cancellations() {
    return new Cancellations();
  }

  @Bean
  EventPublisher eventPublisher(
    KafkaSettings settings,
    WorkerId id,
    EventStamp stamp,
    Pulse publisherPulse,
    MeterRegistry meters
  ) {
    return new EventPublisher(
      settings.producer(SERVICE + "-events-" + id.value()),
      stamp,
      publisherPulse,
      meters
    );
  }

  @Bean
  ConsolePublisher consolePublisher(KafkaSettings settings, WorkerId id, MeterRegistry meters) {
    return ConsolePublisher.start(
      settings.producer(SERVICE + "-console-" + id.value(), ConsolePublisher.DELIVERY),
      id.value(),
      ConsolePublisher.CAPACITY,
      meters
    );
  }

  @Bean
  ControlReader controlReader(
    KafkaSettings settings,
    Cancellations cancelled,
    InFlightCalls calls,
    CallClock clock,
    Pulse controlPulse,
    MeterRegistry meters
  ) {
    return new ControlReader(settings, cancelled, calls, clock, controlPulse, meters);
  }

  @Bean
  Intake intake(
    KafkaSettings kafka,
    WorkerSettings settings,
    WorkerId id,
    InFlightCalls calls,
    CallStarter starter,
    Cancellations cancelled,
    ControlReader control,
    EventStamp stamp,
    CallClock clock,
    Pulse intakePulse,
    MeterRegistry meters
  ) {
    return new Intake(
      kafka,
      id.value(),
      settings.slots(),
      calls,
      starter,
      cancelled,
      control,
      stamp,
      clock,
      intakePulse,
      meters
    );
  }

  @Bean
  Heartbeat heartbeat(
    KafkaSettings kafka,
    WorkerSettings settings,
    WorkerId id,
    InFlightCalls calls,
    CallClock clock,
    Pulse heartbeatPulse
  ) {
    return new Heartbeat(
      kafka.producer(SERVICE + "-heartbeat-" + id.value(), Heartbeat.DELIVERY),
      new Heartbeat.Self(
        id.value(),
        BuildId.of(WorkerApplication.class),
        settings.slots(),
        settings.reachableProviders()
      ),
      calls,
      clock,
      heartbeatPulse
    );
  }

  @Bean
  WorkerLifecycle workerLifecycle(
    KafkaSettings kafka,
    WorkerSettings settings,
    InFlightCalls calls,
    HandBack handBack,
    Watchdog watchdog,
    Pulse watchdogPulse,
    ControlReader control,
    Intake intake,
    Heartbeat heartbeat
  ) {
    return new WorkerLifecycle(
      kafka,
      settings,
      calls,
      handBack,
      watchdog,
      watchdogPulse,
      control,
      intake,
      heartbeat
    );
  }
}
