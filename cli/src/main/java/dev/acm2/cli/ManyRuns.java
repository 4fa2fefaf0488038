package dev.acm2.cli;

import dev.acm2.contract.RunId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/// One run or more that the same is asked of.
final class ManyRuns {

  @Parameters(arity = "1..*", paramLabel = "RUN_ID")
  private List<RunId> runs = new ArrayList<>();

  /// Asks of one after the other; the first one that is refused ends it.
  ///
  /// @param verb last part of the address, and what is said to be accepted
  /// @return the exit code
  int ask(String verb, ServerOptions service, PrintWriter out) {
    GatewayClient gateway = service.client();
    for (RunId run : runs) {
      String answer = gateway.post("/runs/" + run + "/" + verb, "", Map.of());
      out.println(service.json() ? answer : "run " + run + ": " + verb + " accepted");
      out.flush();
    }
    return ExitCode.OK;
  }
}
