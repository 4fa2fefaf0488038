package dev.acm2.standalone;

import dev.acm2.providersimulator.SimulatorArguments;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of up and demo.
final class UpOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
    names = "--port",
    defaultValue = "8080",
    description = "Of the gateway; 0 takes a free one (default: ${DEFAULT-VALUE})."
  )
  private int port;

  @Option(
    names = "--data-dir",
    paramLabel = "DIR",
    defaultValue = ".acm2",
    description = "Everything that is kept (default: ${DEFAULT-VALUE} in the current folder)."
  )
  private Path dataDirectory = Path.of(".acm2");

  @Option(
    names = "--no-simulator",
    description = "Real providers, with keys and addresses from the environment."
  )
  private boolean noSimulator;

  @Mixin
  private SimulatorArguments simulator = new SimulatorArguments();

  @Option(names = "--without", split = ",", hidden = true, description = "Services to leave out.")
  private Set<String> without = new HashSet<>();

  @Option(names = "--exit", hidden = true, description = "Stop when everything was ready once.")
  private boolean exit;

  boolean exit() {
    return exit;
  }

  StandaloneOptions options() {
    return new StandaloneOptions(
      port,
      dataDirectory,
      noSimulator ? null : simulator.options(),
      leftOut(),
      Map.of()
    );
  }

  private Set<Service> leftOut() {
    Set<Service> services = new HashSet<>();
    for (String name : without) {
      services.add(Service.named(name).orElseThrow(() -> wrong("there is no service " + name)));
    }
    return services;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
