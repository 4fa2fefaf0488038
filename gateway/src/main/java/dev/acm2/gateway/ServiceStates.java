package dev.acm2.gateway;

import dev.acm2.gateway.SystemHealth.Service;
import dev.acm2.gateway.SystemHealth.Status;
import dev.acm2.gateway.Workers.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which services are there. Pure.
final class ServiceStates {

  /// Workers have heartbeats: when they last wrote to the log says nothing beside these.
  private static final String WORKER = "fpf-worker";

  private ServiceStates() {}

  /// @param writers everyone who has ever written to the log; of each service the newest first
  static List<Service> of(List<Version.Service> writers, Workers workers, Instant now) {
    List<Service> services = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Version.Service writer : writers) {
      boolean newest = known.add(writer.service());
      boolean recent = writer.lastSeenAt().plus(Workers.GONE_AFTER).isAfter(now);
      if (!writer.service().equals(WORKER) && (newest || recent)) {
        services.add(seen(writer));
      }
    }
    workers.workers().forEach(worker -> services.add(heard(worker)));
    services.sort(Comparator.comparing(Service::service));
    return List.copyOf(services);
  }

  private static Service seen(Version.Service writer) {
    return new Service(
      writer.service(),
      writer.instance(),
      writer.buildId(),
      writer.lastSeenAt(),
      Status.SEEN
    );
  }

  private static Service heard(Worker worker) {
    return new Service(
      WORKER,
      worker.workerId(),
      worker.buildId(),
      worker.at(),
      worker.silent() ? Status.SILENT : Status.UP
    );
  }
}
