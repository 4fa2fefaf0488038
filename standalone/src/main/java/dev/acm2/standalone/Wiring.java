package dev.acm2.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which part finds which other one where, as the configuration of the services.
///
/// @param ports of the services
/// @param stateRoot each service keeps its state in a folder of its own below
/// @param providersUrl of the simulator, null for the real providers
record Wiring(
  String bootstrapServers,
  String jdbcUrl,
  Map<Service, Integer> ports,
  Path stateRoot,
  @Nullable String providersUrl
) {
  private static final String HOST = "127.0.0.1";
  /// Together with the other parts within the 15 s that a stop may take.
  private static final String SHUTDOWN_PHASE = "3s";
  private static final String DRAIN = "2s";
  /// The simulator takes any key; real ones come from the environment and never from here.
  private static final String SIMULATOR_KEY = "simulator";
  /// The providers that the simulator stands for, each with its path below the simulator's address.
  private static final Map<String, String> SIMULATED = Map.of(
    "openai",
    "",
    "openai-compatible",
    "",
    "google",
    "",
    "anthropic",
    "",
    "openrouter",
    "/api"
  );

  /// Command line arguments that wire the service, whatever its own configuration says.
  List<String> arguments(Service service) {
    String prefix = "--acm2." + service.name().toLowerCase(Locale.ROOT) + ".";
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.address=" + HOST);
    arguments.add("--server.port=" + port(service));
    arguments.add("--spring.datasource.url=" + jdbcUrl);
    arguments.add("--spring.datasource.username=postgres");
    arguments.add("--spring.datasource.password=");
    arguments.add("--spring.lifecycle.timeout-per-shutdown-phase=" + SHUTDOWN_PHASE);
    arguments.add(prefix + "bootstrap-servers=" + bootstrapServers);
    arguments.add(prefix + "state-dir=" + stateRoot.resolve(service.label()));
    switch (service) {
      case PROJECTOR, ORCHESTRATOR -> {
        // Log and database are all that they need.
      }
      case WORKER -> {
        arguments.add(prefix + "drain-timeout=" + DRAIN);
        arguments.addAll(providers());
      }
      case GATEWAY -> arguments.add(prefix + "orchestrator-url=" + url(Service.ORCHESTRATOR));
    }
    return arguments;
  }

  String url(Service service) {
    return "http://" + HOST + ":" + port(service);
  }

  private int port(Service service) {
    return ports.getOrDefault(service, 0);
  }

  private List<String> providers() {
    List<String> arguments = new ArrayList<>();
    if (providersUrl != null) {
      SIMULATED.forEach((provider, path) -> {
        String prefix = "--acm2.worker.providers." + provider + ".";
        arguments.add(prefix + "base-url=" + providersUrl + path);
        arguments.add(prefix + "api-key=" + SIMULATOR_KEY);
      });
    }
    return arguments;
  }
}
