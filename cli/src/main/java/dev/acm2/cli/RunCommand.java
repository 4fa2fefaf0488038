package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import java.io.PrintWriter;
import java.nio.file.Path;
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

@Command(name = "run", mixinStandardHelpOptions = true, description = "Submit a run.")
final class RunCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "FILE.yaml", description = "The run; paths in it are relative to it.")
  private Path file = Path.of("");

  @Option(names = "--watch", description = "Show it until it is finished, as watch does.")
  private boolean watch;

  @Option(
    names = "--idempotency-key",
    paramLabel = "K",
    description = "The same key gives the same run, however often it is sent."
  )
  private @Nullable String idempotencyKey;

  @Option(
    names = "--dry-run",
    description = "Only say what it would cost and how long it would take."
  )
  private boolean dryRun;

  @Override
  public Integer call() {
    PrintWriter out = Verb.out(spec);
    if (dryRun && watch) {
      throw new ParameterException(
        Verb.required(spec).commandLine(),
        "--dry-run starts nothing that could be watched"
      );
    }
    GatewayClient gateway = service.client();
    String body = ContractJson.EVENTS.writeValueAsString(RunFile.read(file));
    return dryRun ? estimate(gateway, body, out) : submit(gateway, body, out);
  }

  private int estimate(GatewayClient gateway, String body, PrintWriter out) {
    String answer = gateway.post("/runs/estimate", body, Map.of());
    if (service.json()) {
      out.println(answer);
    } else {
      GatewayClient.read(answer, Estimate.class).lines().forEach(out::println);
    }
    return ExitCode.OK;
  }

  private int submit(GatewayClient gateway, String body, PrintWriter out) {
    return new Submitting(service, gateway, out, watch).submit("/runs", body, idempotencyKey);
  }
}
