package dev.acm2.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "runs", mixinStandardHelpOptions = true, description = "List runs, newest first.")
final class RunsCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Option(
    names = "--limit",
    paramLabel = "N",
    defaultValue = "50",
    description = "At most so many (default: ${DEFAULT-VALUE})."
  )
  private int limit;

  @Option(names = "--archived", description = "Those that were archived, and only those.")
  private boolean archived;

  /// A page of runs.
  record Page(List<Run> items, @Nullable String nextCursor) {}

  @Override
  public Integer call() {
    String answer = service
      .client()
      .get("/runs?limit=" + limit + (archived ? "&archived=true" : ""));
    if (service.json()) {
      Verb.out(spec).println(answer);
    } else {
      Page page = GatewayClient.read(answer, Page.class);
      table(page.items(), ZoneId.systemDefault()).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  static List<String> table(List<Run> runs, ZoneId zone) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RUN ID", "STATUS", "ENDED", "COST", "REQUESTED", "NAME"));
    runs.forEach(run -> rows.add(row(run, zone)));
    return Format.table(rows);
  }

  private static List<String> row(Run run, ZoneId zone) {
    return List.of(
      run.runId(),
      ProgressBlock.status(run),
      run.stats().ended() + "/" + run.stats().planned(),
      Format.money(run.stats().costUsd()),
      Format.time(run.requestedAt(), zone),
      Format.line(run.name())
    );
  }
}
