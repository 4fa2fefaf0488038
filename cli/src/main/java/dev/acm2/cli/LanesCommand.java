package dev.acm2.cli;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
  name = "lanes",
  mixinStandardHelpOptions = true,
  description = "List the lanes with their limits and what is in them.",
  subcommands = { LaneSetCommand.class, LaneResetCommand.class }
)
final class LanesCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  /// All lanes.
  record Lanes(List<LaneView> lanes) {}

  ServerOptions service() {
    return service;
  }

  @Override
  public Integer call() {
    String answer = service.client().get("/lanes");
    if (service.json()) {
      Verb.out(spec).println(answer);
    } else {
      Lanes all = GatewayClient.read(answer, Lanes.class);
      table(all.lanes(), ZoneId.systemDefault()).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  static List<String> table(List<LaneView> lanes, ZoneId zone) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("LANE", "IN FLIGHT", "WAITING", "RUNS", "REQUESTS/MIN", "TOKENS/MIN", "NOTE"));
    lanes.forEach(lane -> rows.add(row(lane, zone)));
    return Format.table(rows);
  }

  private static List<String> row(LaneView lane, ZoneId zone) {
    return List.of(
      Format.line(lane.lane()),
      lane.inFlight() + "/" + lane.concurrencyNow(),
      Long.toString(lane.waiting()),
      Integer.toString(lane.runs()),
      use(lane.requestsInWindow(), lane.limits().requestsPerMinute()),
      use(lane.tokensInWindow(), lane.limits().tokensPerMinute()),
      note(lane, zone)
    );
  }

  private static String use(long used, @Nullable Integer limit) {
    return limit == null ? Long.toString(used) : used + "/" + limit;
  }

  private static String note(LaneView lane, ZoneId zone) {
    LaneLimits limits = lane.limits();
    List<String> notes = new ArrayList<>();
    if (limits.concurrency() == 0) {
      notes.add("closed");
    } else if (lane.concurrencyNow() < limits.concurrency()) {
      notes.add("lowered from " + limits.concurrency());
    }
    if (lane.blockedUntil() != null) {
      notes.add("blocked until " + Format.time(lane.blockedUntil(), zone));
    }
    if (lane.overridden()) {
      notes.add("set by hand");
    }
    if (!limits.adaptive()) {
      notes.add("not adaptive");
    }
    return String.join(", ", notes);
  }
}
