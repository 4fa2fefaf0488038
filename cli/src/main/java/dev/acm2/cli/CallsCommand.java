package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "calls", mixinStandardHelpOptions = true, description = "List the calls of a run.")
final class CallsCommand implements Callable<Integer> {

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private ServerOptions service = new ServerOptions();

  @Parameters(paramLabel = "RUN_ID")
  private @Nullable RunId runId;

  @Option(names = "--state", description = "Only calls in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable State state;

  /// Where a call can stand.
  enum State {
    QUEUED,
    DISPATCHED,
    IN_FLIGHT,
    OK,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    SKIPPED,
  }

  @Override
  public Integer call() {
    @Nullable
    String filter = state == null ? null : state.name();
    GatewayClient gateway = service.client();
    if (service.json()) {
      gateway.pages(Verb.required(runId), filter, page -> print(page));
    } else {
      table(gateway.calls(Verb.required(runId), filter)).forEach(Verb.out(spec)::println);
    }
    return ExitCode.OK;
  }

  private void print(String page) {
    for (JsonNode call : ContractJson.VIEWS.readTree(page).path("items")) {
      Verb.out(spec).println(call);
    }
  }

  static List<String> table(List<Call> calls) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CALL ID", "STATE", "SENT", "COST", "CALL", "LAST ERROR"));
    calls.forEach(call -> rows.add(row(call)));
    return Format.table(rows);
  }

  private static List<String> row(Call call) {
    return List.of(
      call.callId(),
      call.state(),
      Integer.toString(call.attempts()),
      Format.money(call.costUsd()),
      call.place(),
      error(call.lastError())
    );
  }

  private static String error(Call.@Nullable LastError error) {
    return error == null
      ? ""
      : (error.active() ? "" : "recovered: ") + error.kind() + ": " + Format.line(error.message());
  }
}
