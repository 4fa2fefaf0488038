package dev.acm2.orchestrator;

import java.util.Set;
import java.util.TreeSet;

/// Where calls of a run can be.
final class RunLanes {

  private RunLanes() {}

  /// The lanes of the plan, those that calls went to under an earlier configuration, and those that
  /// hold the run.
  static Set<String> of(RunDraft run, LaneNames names) {
    Set<String> lanes = new TreeSet<>();
    run.plan.models().forEach(model -> lanes.add(names.of(model)));
    run.liveBefore().forEach(call -> lanes.add(run.laneOf(call)));
    if (run.held != null) {
      lanes.addAll(run.held);
    }
    return lanes;
  }
}
