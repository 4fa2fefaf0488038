package dev.acm2.providersimulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of a command line that say how a simulator behaves; to be mixed into every command that
/// starts one.
public final class SimulatorArguments {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
    names = "--seed",
    defaultValue = "1",
    description = "Of every draw of the simulator (default: ${DEFAULT-VALUE})."
  )
  private long seed;

  @Option(
    names = "--speed",
    defaultValue = "20",
    description = "Divides the latency that the simulator draws (default: ${DEFAULT-VALUE})."
  )
  private double speed;

  @Option(
    names = "--latency",
    description = "Fixed latency of the simulator instead of a drawn one, as ISO 8601: PT0.2S."
  )
  private @Nullable Duration latency;

  @Option(
    names = "--faults",
    defaultValue = "",
    paramLabel = "NAME=SHARE,...",
    description = "Faults of the simulator, for example rate-limit=0.02,server-error=0.01."
  )
  private String faults = "";

  @Option(
    names = "--retry-after",
    defaultValue = "1",
    paramLabel = "SECONDS",
    description = "What a rate limit of the simulator asks to wait (default: ${DEFAULT-VALUE})."
  )
  private int retryAfterSeconds;

  @Option(
    names = "--quality",
    split = ",",
    paramLabel = "MODEL=QUALITY",
    description = "What a simulated model's documents are worth to simulated judges, 0 to 1, for " +
      "example openai:gpt-5.1=0.9; else it hangs on the name."
  )
  private Map<String, Double> qualities = new HashMap<>();

  @Option(
    names = "--planting",
    split = ",",
    paramLabel = "MODEL=SHARE",
    description = "The share of a simulated model's documents in which it plants an instruction to " +
      "judges, 0 to 1."
  )
  private Map<String, Double> planting = new HashMap<>();

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
    description = "What a planted instruction adds to the scores of a simulated judge, -10 to 10."
  )
  private Map<String, Double> gullibility = new HashMap<>();

  @Option(
    names = "--judge-noise",
    defaultValue = "0.08",
    description = "Spread of the simulated judges in quality, 0 to 1 (default: ${DEFAULT-VALUE})."
  )
  private double judgeNoise;

  /// On the loopback address and a free port, with the ledger in memory.
  ///
  /// @throws ParameterException for values that are impossible
  public SimulatorOptions options() {
    SimulatorOptions defaults = SimulatorOptions.defaults();
    return options(defaults.host(), defaults.port(), null);
  }

  /// @param ledgerFile null to keep the ledger in memory
  /// @throws ParameterException for values that are impossible
  SimulatorOptions options(String host, int port, @Nullable Path ledgerFile) {
    try {
      return new SimulatorOptions(
        host,
        port,
        seed,
        speed,
        latency,
        FaultShares.parse(faults),
        Duration.ofSeconds(retryAfterSeconds),
        ledgerFile,
        new JudgeOptions(qualities, planting, positionBias, gullibility, judgeNoise)
      );
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
