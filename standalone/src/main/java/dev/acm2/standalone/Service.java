package dev.acm2.standalone;

import dev.acm2.gateway.GatewayApplication;
import dev.acm2.orchestrator.OrchestratorApplication;
import dev.acm2.projector.StatsProjectorApplication;
import dev.acm2.worker.WorkerApplication;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.SpringApplication;

/// The services, in the order in which they are stopped the other way round: nothing is stopped while
/// something that needs it still works.
public enum Service {
  PROJECTOR("stats-projector", StatsProjectorApplication.class),
  ORCHESTRATOR("orchestrator", OrchestratorApplication.class),
  WORKER("fpf-worker", WorkerApplication.class),
  GATEWAY("gateway", GatewayApplication.class);

  private final String label;
  private final Class<?> mainClass;

  Service(String label, Class<?> mainClass) {
    this.label = label;
    this.mainClass = mainClass;
  }

  /// The name of the service in logs, folders and heartbeats.
  public String label() {
    return label;
  }

  /// Starts the service as a process of its own.
  public Class<?> mainClass() {
    return mainClass;
  }

  /// Takes `gateway` and `GATEWAY`; empty for an unknown name.
  static Optional<Service> named(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
      .filter(each -> each.name().equals(wanted) || each.label.equalsIgnoreCase(name.strip()))
      .findFirst();
  }

  SpringApplication application() {
    return switch (this) {
      case PROJECTOR -> StatsProjectorApplication.application();
      case ORCHESTRATOR -> OrchestratorApplication.application();
      case WORKER -> WorkerApplication.application();
      case GATEWAY -> GatewayApplication.application();
    };
  }
}
