package dev.acm2.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
  name = "reset",
  mixinStandardHelpOptions = true,
  description = "Go back to the configured limits of a lane."
)
final class LaneResetCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @ParentCommand
  private @Nullable LanesCommand lanes;

  @Parameters(paramLabel = "LANE", description = "A provider, or provider:model.")
  private String lane = "";

  @Override
  public Integer call() {
    ServerOptions service = Verb.required(lanes).service();
    String answer = service.client().delete("/lanes/" + Urls.segment(lane));
    Verb.out(spec).println(service.json() ? answer : "lane " + lane + ": reset accepted");
    return ExitCode.OK;
  }
}
