package dev.acm2.gateway;

import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.gateway.ServiceQueries.Standing;
import dev.acm2.gateway.SystemHealth.Part;
import dev.acm2.gateway.SystemHealth.Projector;
import dev.acm2.gateway.SystemHealth.Service;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks everything how it is. What does not answer is told as that, and keeps nobody from hearing of the
/// rest.
final class HealthReads {

  private static final Logger LOG = LoggerFactory.getLogger(HealthReads.class);

  private final ServiceQueries queries;
  private final CompactedTopic<WorkerHeartbeat> workers;
  private final ProjectorLag lag;
  private final InstantSource clock;

  HealthReads(
    ServiceQueries queries,
    CompactedTopic<WorkerHeartbeat> workers,
    ProjectorLag lag,
    InstantSource clock
  ) {
    this.queries = queries;
    this.workers = workers;
    this.lag = lag;
    this.clock = clock;
  }

  SystemHealth read() {
    @Nullable
    Standing tables = tables();
    Part store = tables == null ? Part.DOWN : Part.UP;
    List<Service> services = services(tables);
    try {
      OptionalLong behind = lag.events(tables);
      Projector projector = new Projector(behind.isPresent() ? behind.getAsLong() : null);
      return new SystemHealth(services, Part.UP, store, projector);
    } catch (KafkaException e) {
      LOG.debug("the log does not answer", e);
      return new SystemHealth(services, Part.DOWN, store, new Projector(null));
    }
  }

  private @Nullable Standing tables() {
    try {
      return queries.standing();
    } catch (ProblemException e) {
      LOG.debug("the tables do not answer", e);
      return null;
    }
  }

  private List<Service> services(@Nullable Standing tables) {
    Instant now = clock.instant();
    List<Version.Service> seen = tables == null ? List.of() : tables.services();
    return ServiceStates.of(seen, Workers.of(beats(), now), now);
  }

  /// None before the topic has been read once.
  private Collection<WorkerHeartbeat> beats() {
    try {
      return workers.values();
    } catch (ProblemException e) {
      LOG.debug("workers are not known yet", e);
      return List.of();
    }
  }
}
