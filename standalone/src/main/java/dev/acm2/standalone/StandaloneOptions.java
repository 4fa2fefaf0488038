package dev.acm2.standalone;

import dev.acm2.providersimulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is started, and where its data lives.
///
/// @param port of the gateway; 0 takes a free one
/// @param dataDirectory made when missing; one start at a time
/// @param simulator null for the real providers, with their keys from the environment
/// @param without services that somebody else starts ([Standalone#arguments])
public record StandaloneOptions(
  int port,
  Path dataDirectory,
  @Nullable SimulatorOptions simulator,
  Set<Service> without
) {
  public StandaloneOptions {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    without = Set.copyOf(without);
  }

  /// Every service and the simulator with its defaults, on free ports.
  public static StandaloneOptions in(Path dataDirectory) {
    return new StandaloneOptions(0, dataDirectory, SimulatorOptions.defaults(), Set.of());
  }

  public StandaloneOptions withPort(int changed) {
    return new StandaloneOptions(changed, dataDirectory, simulator, without);
  }

  public StandaloneOptions withSimulator(@Nullable SimulatorOptions changed) {
    return new StandaloneOptions(port, dataDirectory, changed, without);
  }

  public StandaloneOptions without(Service... services) {
    return new StandaloneOptions(port, dataDirectory, simulator, Set.of(services));
  }

  /// The services to start, in the order in which they depend on each other.
  Set<Service> services() {
    EnumSet<Service> wanted = EnumSet.allOf(Service.class);
    wanted.removeAll(without);
    return wanted;
  }
}
