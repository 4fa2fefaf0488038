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
  name = "cancel",
  mixinStandardHelpOptions = true,
  description = "End a run: no new requests, those in flight are aborted."
)
final class CancelCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Override
  public Integer call() {
    String answer = service
      .client()
      .post("/runs/" + Verb.required(runId) + "/cancel", "", Map.of());
    Verb.out(spec).println(service.json() ? answer : "run " + runId + ": cancel accepted");
    return ExitCode.OK;
  }
}
