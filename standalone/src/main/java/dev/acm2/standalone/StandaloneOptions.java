package dev.acm2.standalone;

import static java.util.stream.Collectors.toSet;

import dev.acm2.providersimulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is started, and where its data lives.
///
/// @param port of the gateway; 0 takes a free one
/// @param dataDirectory made when missing; one start at a time
/// @param simulator null for the real providers, with their keys from the environment
/// @param without services that somebody else starts ([Standalone#arguments])
/// @param settings command line arguments by service, as `--acm2.worker.slots=300`, which take the place
///     of those that are given otherwise
public record StandaloneOptions(
  int port,
  Path dataDirectory,
  @Nullable SimulatorOptions simulator,
  Set<Service> without,
  Map<Service, List<String>> settings
) {
  public StandaloneOptions {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    without = Set.copyOf(without);
    settings = Map.copyOf(settings);
  }

  /// Every service and the simulator with its defaults, on free ports.
  public static StandaloneOptions in(Path dataDirectory) {
    return new StandaloneOptions(0, dataDirectory, SimulatorOptions.defaults(), Set.of(), Map.of());
  }

  public StandaloneOptions withPort(int changed) {
    return new StandaloneOptions(changed, dataDirectory, simulator, without, settings);
  }

  public StandaloneOptions withSimulator(@Nullable SimulatorOptions changed) {
    return new StandaloneOptions(port, dataDirectory, changed, without, settings);
  }

  public StandaloneOptions without(Service... services) {
    return new StandaloneOptions(port, dataDirectory, simulator, Set.of(services), settings);
  }

  /// In place of the settings that the service had here.
  public StandaloneOptions withSettings(Service service, String... arguments) {
    Map<Service, List<String>> changed = new EnumMap<>(Service.class);
    changed.putAll(settings);
    changed.put(service, List.of(arguments));
    return new StandaloneOptions(port, dataDirectory, simulator, without, changed);
  }

  /// The arguments of a service with the settings that were made here. Spring would join two values of
  /// one name to a list.
  List<String> settled(Service service, List<String> arguments) {
    List<String> settled = new ArrayList<>(settings.getOrDefault(service, List.of()));
    Set<String> made = settled.stream().map(StandaloneOptions::name).collect(toSet());
    arguments
      .stream()
      .filter(each -> !made.contains(name(each)))
      .forEach(settled::add);
    return settled;
  }

  private static String name(String argument) {
    return argument.split("=", 2)[0];
  }

  /// The services to start, in the order in which they depend on each other.
  Set<Service> services() {
    EnumSet<Service> wanted = EnumSet.allOf(Service.class);
    wanted.removeAll(without);
    return wanted;
  }
}
