package dev.acm2.providersimulator;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `java -jar provider-simulator-*-app.jar`: runs until it is told to stop (SIGTERM, SIGINT).
@Command(
  name = "provider-simulator",
  mixinStandardHelpOptions = true,
  versionProvider = SimulatorCommand.BuildId.class,
  description = "Speaks the providers' wire protocols with seeded latency, faults and a ledger."
)
public final class SimulatorCommand implements Callable<Integer> {

  @Option(
    names = "--host",
    defaultValue = "127.0.0.1",
    description = "Address to bind (default: ${DEFAULT-VALUE})."
  )
  private String host = "127.0.0.1";

  @Option(
    names = "--port",
    defaultValue = "8089",
    description = "0 takes a free one (default: ${DEFAULT-VALUE})."
  )
  private int port;

  @Option(names = "--ledger-file", description = "JSON lines file that outlives the process.")
  private @Nullable Path ledgerFile;

  @Mixin
  private SimulatorArguments arguments = new SimulatorArguments();

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
    return arguments.options(host, port, ledgerFile);
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
