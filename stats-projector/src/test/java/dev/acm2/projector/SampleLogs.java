package dev.acm2.projector;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Logs of several runs in one partition, and what they add up to.
final class SampleLogs {

  private SampleLogs() {}

  static List<RecordedEvent> interleaved(long seed, int runs) {
    Random random = new Random(seed);
    List<List<RecordedEvent>> logs = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      logs.add(new ArrayList<>(RandomRun.log(seed * 100 + run, Facts.runId(run), 2)));
    }
    List<RecordedEvent> all = new ArrayList<>();
    while (!logs.isEmpty()) {
      List<RecordedEvent> log = logs.get(random.nextInt(logs.size()));
      all.add(log.removeFirst());
      logs.removeIf(List::isEmpty);
    }
    return all;
  }

  /// What the in-memory fold makes of the log, by the keys of the topic.
  static Map<String, String> fold(List<RecordedEvent> log, int generation) {
    Map<RunId, RunProjection> projections = new HashMap<>();
    for (int i = 0; i < log.size(); i++) {
      projections
        .computeIfAbsent(log.get(i).runId(), _ -> new RunProjection())
        .apply(log.get(i), new AsOf(generation, 0, i));
    }
    Map<String, String> expected = new TreeMap<>();
    projections.forEach((id, projection) -> {
      expected.put(
        "" + id,
        ContractJson.VIEWS.writeValueAsString(requireNonNull(projection.run()).withSpec(null))
      );
      for (CallView call : projection.calls()) {
        CallId callId = call.callId();
        expected.put(id + "/" + callId, ContractJson.VIEWS.writeValueAsString(call));
      }
    });
    return expected;
  }
}
