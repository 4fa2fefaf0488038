package dev.acm2.cli;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "retry",
  mixinStandardHelpOptions = true,
  description = "Run the calls again that ended without success, or a phase and those after it anew."
)
final class RetryCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(
    names = "--call",
    paramLabel = "CALL_ID",
    description = "Only this call; may be given several times."
  )
  private @Nullable List<CallId> calls;

  @Option(
    names = "--from",
    paramLabel = "PHASE",
    description = "Run this phase and all later ones anew, what succeeded too: SINGLE_EVAL, PAIRWISE, " +
      "COMBINE or POST_COMBINE. Excludes --call."
  )
  private @Nullable Phase from;

  @Option(
    names = "--max-paid-calls",
    paramLabel = "N",
    description = "New limit of requests for the whole run, in place of the one that it has."
  )
  private @Nullable Integer maxPaidCalls;

  @Option(
    names = "--max-cost-usd",
    paramLabel = "USD",
    description = "New limit of money for the whole run, in place of the one that it has."
  )
  private @Nullable BigDecimal maxCostUsd;

  @Option(names = "--watch", description = "Show it until it is finished, as watch does.")
  private boolean watch;

  /// What is asked of the service; what is null is left out.
  record Request(
    @Nullable List<CallId> calls,
    @Nullable Phase from,
    @Nullable Integer maxPaidCalls,
    @Nullable BigDecimal maxCostUsd
  ) {}

  @Override
  public Integer call() {
    if (calls != null && from != null) {
      throw new ParameterException(
        Verb.required(spec).commandLine(),
        "--from runs whole phases anew, --call only what is named: give one of the two"
      );
    }
    PrintWriter out = Verb.out(spec);
    RunId id = Verb.required(runId);
    GatewayClient gateway = service.client();
    int before = watch ? read(gateway, id).ends() : 0;
    String body = ContractJson.EVENTS.writeValueAsString(
      new Request(calls, from, maxPaidCalls, maxCostUsd)
    );
    String answer = gateway.post("/runs/" + id + "/retry", body, Map.of());
    out.println(service.json() ? answer : "run " + id + ": retry accepted");
    out.flush();
    // Not the end that the run had before, which it still has when the request is in the log already.
    return watch
      ? Watch.of(gateway, Display.of(out, service.json())).follow(
          id,
          run -> run.finished() && run.ends() > before
        )
      : ExitCode.OK;
  }

  private static Run read(GatewayClient gateway, RunId id) {
    return GatewayClient.read(gateway.get("/runs/" + id), Run.class);
  }
}
