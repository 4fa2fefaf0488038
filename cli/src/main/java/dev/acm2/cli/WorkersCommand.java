package dev.acm2.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "workers",
  mixinStandardHelpOptions = true,
  description = "List the workers, how busy they are, and when they were heard of."
)
final class WorkersCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  /// All workers that are not gone.
  record Workers(List<Worker> workers) {}

  record Worker(
    String workerId,
    String buildId,
    Instant at,
    int slots,
    int inFlight,
    boolean draining,
    boolean silent
  ) {}

  @Override
  public Integer call() {
    String answer = service.client().get("/workers");
    if (service.json()) {
      Verb.out(spec).println(answer);
    } else {
      Workers all = GatewayClient.read(answer, Workers.class);
      table(all.workers(), Instant.now()).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  static List<String> table(List<Worker> workers, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("WORKER", "IN FLIGHT", "BUILD", "HEARD OF", "NOTE"));
    workers.forEach(worker -> rows.add(row(worker, now)));
    return Format.table(rows);
  }

  private static List<String> row(Worker worker, Instant now) {
    return List.of(
      Format.line(worker.workerId()),
      worker.inFlight() + "/" + worker.slots(),
      worker.buildId(),
      Format.duration(Duration.between(worker.at(), now)) + " ago",
      worker.silent() ? "silent" : worker.draining() ? "leaving" : ""
    );
  }
}
