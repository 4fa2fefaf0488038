package dev.acm2.cli;

import dev.acm2.cli.LedgerComparison.Attempts;
import dev.acm2.cli.LedgerComparison.Ledger;
import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import java.net.URI;
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
  name = "verify",
  mixinStandardHelpOptions = true,
  description = "Check a run against the log; exit 0 when every invariant holds, else 1."
)
final class VerifyCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(
    names = "--ledger",
    paramLabel = "URL",
    converter = Urls.class,
    description = "A provider simulator: compares its requests with the recorded attempts (I5)."
  )
  private @Nullable URI ledger;

  /// What the gateway found when it folded the log anew.
  record Verified(
    boolean ok,
    String digest,
    List<Invariant> invariants,
    List<String> differences,
    List<Attempts> attempts
  ) {}

  record Invariant(String id, boolean ok, String detail) {}

  @Override
  public Integer call() {
    RunId id = Verb.required(runId);
    GatewayClient gateway = service.client();
    String answer = gateway.post("/runs/" + id + "/verify", "", Map.of());
    Verified verified = GatewayClient.read(answer, Verified.class);
    @Nullable
    Invariant i5 = ledger == null ? null : compare(gateway, id, verified, ledger);
    PrintWriter out = Verb.out(spec);
    if (service.json()) {
      out.println(VerifyReport.json(answer, i5));
    } else {
      VerifyReport.lines(verified, i5).forEach(out::println);
    }
    return verified.ok() && (i5 == null || i5.ok()) ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private static Invariant compare(GatewayClient gateway, RunId id, Verified verified, URI ledger) {
    Run run = GatewayClient.read(gateway.get("/runs/" + id), Run.class);
    if (!run.finished()) {
      throw new CliFailure(
        ExitCode.DATA,
        "run " + id + " is not finished: a ledger is compared at the end of a run"
      );
    }
    Ledger requests = GatewayClient.read(gateway.ledger(Urls.ledger(ledger)), Ledger.class);
    return LedgerComparison.compare(
      verified.attempts(),
      gateway.calls(id, null),
      requests.requests()
    );
  }
}
