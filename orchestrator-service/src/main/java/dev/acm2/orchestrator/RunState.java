package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is known of a run that was requested.
record RunState(RunId runId, RunPlan plan, RunProgress progress, Calls calls) {
  /// The run's calls that were taken and have not ended.
  interface Calls {
    @Nullable
    CallProgress find(CallId callId);

    List<CallProgress> all();
  }
}
