package dev.acm2.cli;

import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The console lines of a run as they are printed: every line once, oldest first.
final class RunLog {

  private final GatewayClient gateway;
  private final RunId runId;
  private final Level level;
  private final PrintWriter out;
  private final Form form;
  private final ZoneId zone;
  private @Nullable String after;

  /// How a line is printed.
  enum Form {
    TEXT,
    JSON,
  }

  /// @param items lines as the gateway tells them
  /// @param next where to go on
  record Page(List<JsonNode> items, String next) {}

  record Line(
    Instant at,
    Level level,
    @Nullable String callId,
    int epoch,
    int attempt,
    String source,
    String text
  ) {}

  RunLog(GatewayClient gateway, RunId runId, Level level, PrintWriter out, Form form, ZoneId zone) {
    this.gateway = gateway;
    this.runId = runId;
    this.level = level;
    this.out = out;
    this.form = form;
    this.zone = zone;
  }

  /// Prints all lines that there are and were not printed yet.
  void print() {
    while (!next().isEmpty()) {
      out.flush();
    }
  }

  /// Prints lines until the run is finished and none is left.
  ///
  /// @param pause between two looks
  void follow(Duration pause) {
    boolean finished = false;
    while (!finished) {
      // In this order: what was said before the end is there when the end is seen.
      finished = GatewayClient.read(gateway.get("/runs/" + runId), Run.class).finished();
      print();
      if (!finished) {
        Pause.of(pause);
      }
    }
  }

  private List<JsonNode> next() {
    String from = after == null ? "" : "&after=" + Urls.encode(after);
    String answer = gateway.get("/runs/" + runId + "/log?limit=1000&level=" + level + from);
    Page page = GatewayClient.read(answer, Page.class);
    page.items().forEach(line -> out.println(shown(line)));
    after = page.next();
    return page.items();
  }

  private String shown(JsonNode line) {
    return switch (form) {
      case JSON -> line.toString();
      case TEXT -> text(ContractJson.VIEWS.treeToValue(line, Line.class), zone);
    };
  }

  static String text(Line line, ZoneId zone) {
    String call =
      line.callId() == null ? "" : " " + line.callId() + "-" + line.epoch() + "-" + line.attempt();
    return "%s %-5s %s%s: %s".formatted(
      Format.time(line.at(), zone),
      line.level(),
      Format.line(line.source()),
      call,
      Format.line(line.text())
    );
  }
}
