package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "delete",
  mixinStandardHelpOptions = true,
  description = "Give up a finished run with everything that is known of it. It does not come back."
)
final class DeleteCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(
    names = "--confirm",
    paramLabel = "NAME",
    required = true,
    description = "The name of the run, so that no other one is hit."
  )
  private String confirm = "";

  @Override
  public Integer call() {
    String body = ContractJson.EVENTS.writeValueAsString(Map.of("confirm", confirm));
    String path = "/runs/" + Verb.required(runId) + "/delete";
    String answer = service.client().post(path, body, Map.of());
    Verb.out(spec).println(service.json() ? answer : "run " + runId + ": delete accepted");
    return ExitCode.OK;
  }
}
