package dev.acm2.cli;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "history",
  mixinStandardHelpOptions = true,
  description = "Print what happened in a run, event by event, in the order of the log."
)
final class HistoryCommand implements Callable<Integer> {

  private static final int PAGE = 200;

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(
    names = "--type",
    paramLabel = "TYPE",
    description = "Only these events, for example call-retried; may be given several times."
  )
  private List<String> types = new ArrayList<>();

  @Option(names = "--phase", description = "Only calls of this phase: ${COMPLETION-CANDIDATES}.")
  private @Nullable Phase phase;

  @Option(names = "--model", paramLabel = "MODEL", description = "Only calls of this model.")
  private @Nullable String model;

  @Option(names = "--call", paramLabel = "CALL_ID", description = "Only this call.")
  private @Nullable CallId callId;

  @Option(names = "--worker", paramLabel = "WORKER", description = "Only what this worker wrote.")
  private @Nullable String worker;

  @Override
  public Integer call() {
    RunHistory history = new RunHistory(service.client(), path(), Verb.out(spec));
    if (service.json()) {
      history.printJson();
    } else {
      history.print(ZoneId.systemDefault());
    }
    return ExitCode.OK;
  }

  private String path() {
    StringBuilder path = new StringBuilder("/runs/" + Verb.required(runId) + "/history");
    path.append("?limit=").append(PAGE);
    types.forEach(type -> add(path, "type", type));
    add(path, "phase", phase);
    add(path, "model", model);
    add(path, "call", callId);
    add(path, "worker", worker);
    return path.toString();
  }

  private static void add(StringBuilder path, String name, @Nullable Object value) {
    if (value != null) {
      path.append('&').append(name).append('=').append(Urls.encode(value.toString()));
    }
  }
}
