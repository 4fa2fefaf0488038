package dev.acm2.cli;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.RunId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "log",
  mixinStandardHelpOptions = true,
  description = "Print what a run said, oldest first."
)
final class LogCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(names = "--follow", description = "Go on until the run is finished.")
  private boolean follow;

  @Option(
    names = "--level",
    defaultValue = "INFO",
    description = "This and above: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
  )
  private ConsoleLine.Level level = ConsoleLine.Level.INFO;

  @Override
  public Integer call() {
    RunLog log = new RunLog(
      service.client(),
      Verb.required(runId),
      level,
      Verb.out(spec),
      service.json() ? RunLog.Form.JSON : RunLog.Form.TEXT,
      ZoneId.systemDefault()
    );
    if (follow) {
      log.follow(PAUSE);
    } else {
      log.print();
    }
    return ExitCode.OK;
  }
}
