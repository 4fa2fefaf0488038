package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for a new run, says where it is, and shows it to its end when that is wanted.
record Submitting(ServerOptions service, GatewayClient gateway, PrintWriter out, boolean watch) {
  /// What the service says about a new run.
  record Accepted(String runId, Map<String, Integer> planned) {
    int calls() {
      return planned.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /// @return the exit code
  int submit(String path, String body, @Nullable String idempotencyKey) {
    Map<String, String> headers =
      idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey);
    String answer = gateway.post(path, body, headers);
    Accepted accepted = GatewayClient.read(answer, Accepted.class);
    out.println(service.json() ? answer : announcement(accepted));
    out.flush();
    return watch
      ? Watch.of(gateway, Display.of(out, service.json())).follow(RunId.parse(accepted.runId()))
      : ExitCode.OK;
  }

  private String announcement(Accepted accepted) {
    String page = Urls.withoutSlash(service.server().toString()) + "/runs/" + accepted.runId();
    return "run " + accepted.runId() + ": " + accepted.calls() + " calls planned, " + page;
  }
}
