package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunId;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// All that is known of a run that was requested.
///
/// @param sources how far the evaluation of each source is, by its number; null where it has not begun
record RunState(
  RunId runId,
  RunPlan plan,
  RunProgress progress,
  Calls calls,
  IntFunction<@Nullable SourceProgress> sources
) {
  /// The run's calls that were taken, but for those that have succeeded.
  interface Calls {
    @Nullable
    CallProgress find(CallId callId);

    /// Those that do not rest.
    List<CallProgress> live();

    /// Those that ended without success, in the order of the plan.
    ///
    /// @param from index in the plan
    List<CallProgress> ended(int from, int most);

    /// Who has a place in the ready queue, null for nobody.
    @Nullable
    ReadyCall ready(ReadyPlace place);
  }

  /// A place in the part of the ready queue that belongs to a model.
  record ReadyPlace(ModelId model, int number) {}

  /// A call that has a place, in the epoch in which it came.
  record ReadyCall(CallId callId, int epoch) {}
}
