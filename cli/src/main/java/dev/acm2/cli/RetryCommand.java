package dev.acm2.cli;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
  name = "retry",
  mixinStandardHelpOptions = true,
  description = "Run the calls again that ended without success; what succeeded is kept."
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
    @Nullable Integer maxPaidCalls,
    @Nullable BigDecimal maxCostUsd
  ) {}

  @Override
  public Integer call() {
    PrintWriter out = Verb.out(spec);
    RunId id = Verb.required(runId);
    GatewayClient gateway = service.client();
    int before = watch ? read(gateway, id).retryRequests() : 0;
    String body = ContractJson.EVENTS.writeValueAsString(
      new Request(calls, maxPaidCalls, maxCostUsd)
    );
    String answer = gateway.post("/runs/" + id + "/retry", body, Map.of());
    out.println(service.json() ? answer : "run " + id + ": retry accepted");
    out.flush();
    // The end that the run had before is not the one to wait for.
    return watch
      ? Watch.of(gateway, Display.of(out, service.json())).follow(
          id,
          run -> run.finished() && run.retryRequests() > before
        )
      : ExitCode.OK;
  }

  private static Run read(GatewayClient gateway, RunId id) {
    return GatewayClient.read(gateway.get("/runs/" + id), Run.class);
  }
}
