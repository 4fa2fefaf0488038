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

@Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a held run go on.")
final class ResumeCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Override
  public Integer call() {
    String path = "/runs/" + Verb.required(runId) + "/resume";
    String answer = service.client().post(path, "", Map.of());
    Verb.out(spec).println(service.json() ? answer : "run " + runId + ": resume accepted");
    return ExitCode.OK;
  }
}
