package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "show", mixinStandardHelpOptions = true, description = "Show a run as it stands.")
final class ShowCommand implements Callable<Integer> {

  private static final int WIDTH = 200;

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Override
  public Integer call() {
    String answer = service.client().get("/runs/" + Verb.required(runId));
    if (service.json()) {
      Verb.out(spec).println(answer);
    } else {
      Run run = GatewayClient.read(answer, Run.class);
      render(run, Instant.now(), ZoneId.systemDefault()).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  static List<String> render(Run run, Instant now, ZoneId zone) {
    LiveRun live = new LiveRun();
    live.apply(new Frame.Snapshot(run, List.of()));
    List<String> lines = new ArrayList<>(ProgressBlock.render(live, now, WIDTH, null));
    lines.add("run " + run.runId());
    lines.add(
      "requested %s  started %s  finished %s".formatted(
        Format.time(run.requestedAt(), zone),
        Format.time(run.startedAt(), zone),
        Format.time(run.finishedAt(), zone)
      )
    );
    if (run.archived()) {
      lines.add("archived");
    }
    if (run.message() != null && !run.message().isBlank()) {
      lines.add(Format.line(run.message()));
    }
    if (run.anomalies() > 0) {
      lines.add("anomalies " + run.anomalies());
    }
    lines.addAll(byModel(run.byModel()));
    return lines;
  }

  private static List<String> byModel(Map<String, Run.Stats> models) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MODEL", "PLANNED", "OK", "OTHER ENDS", "RETRIES", "IN", "OUT", "COST"));
    new TreeMap<>(models).forEach((model, stats) ->
      rows.add(
        List.of(
          Format.line(model),
          Integer.toString(stats.planned()),
          Integer.toString(stats.ok()),
          Integer.toString(stats.ended() - stats.ok()),
          Integer.toString(stats.retries()),
          Long.toString(stats.inputTokens()),
          Long.toString(stats.outputTokens()),
          Format.money(stats.costUsd())
        )
      )
    );
    return Format.table(rows);
  }
}
