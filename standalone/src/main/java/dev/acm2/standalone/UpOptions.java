package dev.acm2.standalone;

import dev.acm2.providersimulator.FaultShares;
import dev.acm2.providersimulator.JudgeOptions;
import dev.acm2.providersimulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  @Option(
    names = "--speed",
    defaultValue = "20",
    description = "The simulator answers so many times faster (default: ${DEFAULT-VALUE})."
  )
  private double speed;

  @Option(
    names = "--faults",
    defaultValue = "",
    paramLabel = "NAME=SHARE,...",
    description = "Faults of the simulator, for example rate-limit=0.02,server-error=0.01."
  )
  private String faults = "";

  @Option(
    names = "--latency",
    description = "Fixed latency of the simulator instead of a drawn one, as ISO 8601: PT0.2S."
  )
  private @Nullable Duration latency;

  @Option(
    names = "--seed",
    defaultValue = "1",
    description = "Of every draw of the simulator (default: ${DEFAULT-VALUE})."
  )
  private long seed;

  @Option(
    names = "--quality",
    split = ",",
    paramLabel = "MODEL=QUALITY",
    description = "What a simulated model's documents are worth to simulated judges, 0 to 1, for " +
      "example openai:gpt-5.1=0.9; else it hangs on the name."
  )
  private Map<String, Double> qualities = new HashMap<>();

  @Option(
    names = "--position-bias",
    split = ",",
    paramLabel = "JUDGE=BIAS",
    description = "What the first place is worth to a simulated judge, in quality, -1 to 1."
  )
  private Map<String, Double> positionBias = new HashMap<>();

  @Option(
    names = "--gullible",
    split = ",",
    paramLabel = "JUDGE=POINTS",
    description = "What a planted instruction adds to the scores of a simulated judge."
  )
  private Map<String, Double> gullibility = new HashMap<>();

  @Option(
    names = "--judge-noise",
    defaultValue = "0.08",
    description = "Spread of the simulated judges in quality, 0 to 1 (default: ${DEFAULT-VALUE})."
  )
  private double judgeNoise;

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
      noSimulator ? null : simulator(),
      leftOut(),
      Map.of()
    );
  }

  private SimulatorOptions simulator() {
    try {
      return SimulatorOptions.defaults()
        .withSpeed(speed)
        .withFaults(FaultShares.parse(faults))
        .withLatency(latency)
        .withSeed(seed)
        .withJudges(new JudgeOptions(qualities, positionBias, gullibility, judgeNoise));
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
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
