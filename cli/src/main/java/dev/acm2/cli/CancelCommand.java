package dev.acm2.cli;

import dev.acm2.contract.CallId;
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
  name = "cancel",
  mixinStandardHelpOptions = true,
  description = "End a run, or one call: no new requests, those in flight are aborted."
)
final class CancelCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(names = "--call", paramLabel = "CALL_ID", description = "Only this call.")
  private @Nullable CallId callId;

  @Override
  public Integer call() {
    String run = "/runs/" + Verb.required(runId);
    String path = callId == null ? run : run + "/calls/" + callId;
    String answer = service.client().post(path + "/cancel", "", Map.of());
    String what = callId == null ? "run " + runId : "call " + callId;
    Verb.out(spec).println(service.json() ? answer : what + ": cancel accepted");
    return ExitCode.OK;
  }
}
