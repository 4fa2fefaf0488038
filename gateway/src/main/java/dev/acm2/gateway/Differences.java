package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Names what differs between the fold of a log and the tables. Pure.
final class Differences {

  private Differences() {}

  static List<String> of(RunProjection log, RunRows tables) {
    List<String> found = new ArrayList<>();
    RunView run = log.run();
    compare(
      "run " + tables.run().runId(),
      run == null ? null : run.withSpec(null),
      tables.run().withSpec(null),
      found
    );
    Map<CallId, CallView> rows = new TreeMap<>();
    tables.calls().forEach(call -> rows.put(call.callId(), call));
    log
      .calls()
      .forEach(call -> compare("call " + call.callId(), call, rows.remove(call.callId()), found));
    rows.keySet().forEach(id -> found.add("call " + id + " is in the tables only"));
    return found;
  }

  private static void compare(
    String what,
    @Nullable Record log,
    @Nullable Record table,
    List<String> found
  ) {
    if (log == null || table == null) {
      found.add(what + " is in the " + (log == null ? "tables" : "log") + " only");
      return;
    }
    JsonNode inLog = ContractJson.VIEWS.valueToTree(log);
    JsonNode inTable = ContractJson.VIEWS.valueToTree(table);
    for (String field : new TreeSet<>(inLog.propertyNames())) {
      if (!inLog.get(field).equals(inTable.get(field))) {
        found.add(
          what +
            ": " +
            field +
            " is " +
            inLog.get(field) +
            " in the log and " +
            inTable.get(field) +
            " in the tables"
        );
      }
    }
  }
}
