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
import tools.jackson.databind.node.ObjectNode;

@Command(name = "run", mixinStandardHelpOptions = true, description = "Submit a run.")
final class RunCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(
    arity = "0..1",
    paramLabel = "FILE.yaml",
    description = "The run; paths in it are relative to it."
  )
  private @Nullable Path file;

  @Option(
    names = "--preset",
    paramLabel = "NAME",
    description = "A kept submission; with a file too, what the file says comes before it."
  )
  private @Nullable String preset;

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
      throw wrong("--dry-run starts nothing that could be watched");
    }
    GatewayClient gateway = service.client();
    String body = body(gateway).toString();
    return dryRun ? estimate(gateway, body, out) : submit(gateway, body, out);
  }

  private ObjectNode body(GatewayClient gateway) {
    if (file == null && preset == null) {
      throw wrong("a run is made of FILE.yaml, of --preset, or of both");
    }
    // The file is read first: what is wrong with it is said before anything is asked.
    ObjectNode given = file == null ? ContractJson.EVENTS.createObjectNode() : inFile(file);
    return preset == null ? given : kept(gateway, preset).setAll(given);
  }

  private static ObjectNode inFile(Path file) {
    return ContractJson.EVENTS.valueToTree(RunFile.read(file));
  }

  private static ObjectNode kept(GatewayClient gateway, String name) {
    return GatewayClient.read(gateway.get(Preset.path(name)), Preset.class).submission();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Verb.required(spec).commandLine(), message);
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
