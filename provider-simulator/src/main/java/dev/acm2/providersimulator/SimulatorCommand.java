package dev.acm2.providersimulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `java -jar provider-simulator-*-app.jar`: runs until it is told to stop (SIGTERM, SIGINT).
@Command(
  name = "provider-simulator",
  mixinStandardHelpOptions = true,
  versionProvider = SimulatorCommand.BuildId.class,
  showDefaultValues = true,
  description = "Speaks the providers' wire protocols with seeded latency, faults and a ledger."
)
public final class SimulatorCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to bind.")
  private String host = "127.0.0.1";

  @Option(names = "--port", defaultValue = "8089", description = "0 takes a free port.")
  private int port;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of every draw.")
  private long seed;

  @Option(names = "--speed", defaultValue = "20", description = "Divides the drawn latency.")
  private double speed;

  @Option(names = "--latency", description = "Fixed latency instead of the draw, ISO 8601: PT0.2S.")
  private @Nullable Duration latency;

  @Option(
    names = "--faults",
    defaultValue = "",
    description = "Shares by fault: rate-limit=0.02,server-error=0.01"
  )
  private String faults = "";

  @Option(
    names = "--retry-after",
    defaultValue = "1",
    description = "Seconds that a rate limit asks to wait."
  )
  private int retryAfterSeconds;

  @Option(
    names = "--quality",
    split = ",",
    paramLabel = "MODEL=QUALITY",
    description = "What the documents of a model are worth to judges, 0 to 1: openai:gpt-5.1=0.9"
  )
  private Map<String, Double> qualities = new HashMap<>();

  @Option(
    names = "--position-bias",
    split = ",",
    paramLabel = "JUDGE=BIAS",
    description = "What the first place is worth to a judge, in quality, -1 to 1: gpt-5.1=0.1"
  )
  private Map<String, Double> positionBias = new HashMap<>();

  @Option(
    names = "--gullible",
    split = ",",
    paramLabel = "JUDGE=POINTS",
    description = "What a planted instruction adds to a judge's score: gpt-5.1=1.5"
  )
  private Map<String, Double> gullibility = new HashMap<>();

  @Option(
    names = "--judge-noise",
    defaultValue = "0.08",
    description = "Standard deviation of the judges' opinions in quality, 0 to 1."
  )
  private double judgeNoise;

  @Option(names = "--ledger-file", description = "JSON lines file that outlives the process.")
  private @Nullable Path ledgerFile;

  /// Exit code 0 after a stop, 1 when it could not start, 2 for wrong options.
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SimulatorCommand()).setExecutionExceptionHandler(
      (e, commandLine, parsed) -> {
        commandLine.getErr().println(e.getMessage() + reason(e));
        return commandLine.getCommandSpec().exitCodeOnExecutionException();
      }
    );
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    ProviderSimulator simulator = ProviderSimulator.start(options());
    Runtime.getRuntime().addShutdownHook(
      new Thread(() -> {
        simulator.close();
        stopped.countDown();
      }, "stop")
    );
    System.out.println("provider-simulator listens on " + simulator.baseUrl());
    stopped.await();
    return 0;
  }

  SimulatorOptions options() {
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
        new JudgeOptions(qualities, positionBias, gullibility, judgeNoise)
      );
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String reason(Exception e) {
    return e.getCause() == null ? "" : ": " + e.getCause().getMessage();
  }

  /// The build that this is, as in the manifest; `unknown` when run from classes.
  static final class BuildId implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String build = SimulatorCommand.class.getPackage().getImplementationVersion();
      return new String[] { "provider-simulator " + (build == null ? "unknown" : build) };
    }
  }
}
