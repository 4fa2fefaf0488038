package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "watch",
  mixinStandardHelpOptions = true,
  description = "Show a run live until it is finished; exit 0 when it completed without errors."
)
final class WatchCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Override
  public Integer call() {
    Display display = Display.of(Verb.out(spec), service.json());
    return Watch.of(service.client(), display).follow(Verb.required(runId));
  }
}
