package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "pause",
  mixinStandardHelpOptions = true,
  description = "Hold a run: calls under way finish, no other one is started. Its deadline goes on."
)
final class PauseCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Override
  public Integer call() {
    String path = "/runs/" + Verb.required(runId) + "/pause";
    String answer = service.client().post(path, "", Map.of());
    Verb.out(spec).println(service.json() ? answer : "run " + runId + ": pause accepted");
    return ExitCode.OK;
  }
}
