package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallSkipped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a run has come: counters, cursors and reservations, of one size however large the run is.
///
/// @param total calls of the plan
/// @param queued calls of the plan, from its start, that were announced
/// @param taken calls of the plan, from its start, that were released, skipped or passed over
/// @param active released calls that have not ended
/// @param skipping calls whose skip was appended and not yet read back
/// @param exhausted whether the budget has room for no further call
/// @param used what ended calls have cost
/// @param reserved what calls under way may cost at the most
/// @param outcome set while the run is finished; nothing changes then, unless calls are to be run again
/// @param models by `provider:model`, those of which a call was released or passed over; null for none
/// @param held the lanes that hold the calls of a paused run, null while it is not paused
/// @param raised limits that were replaced, null for none
/// @param rounds requests to run all failed calls again so far, null for none
/// @param reopening the last of these, as long as it is not through; else null
/// @param settled calls that were skipped because their question was answered, null for none
/// @param openings calls of later phases whose turn has come and that were not yet opened, null for none
/// @param epochs the highest epoch that a call has come to, null in the state of older builds
/// @param firstEpochs of the phases that were run anew, the epoch with which their last pass began; null for
///     none
/// @param startingOver the last of these passes, as long as not every source has begun it; else null
/// @param deleted true when somebody has deleted the run: once it has finished nothing is kept of it; else
///     null
/// @param shownFinished whether the log shows it as finished, as far as it was read; null in the state of
///     older builds
record RunProgress(
  int total,
  int queued,
  int taken,
  int active,
  int skipping,
  int ok,
  int notOk,
  boolean exhausted,
  Charge used,
  Charge reserved,
  Instant deadlineAt,
  @Nullable Stop stop,
  @Nullable Outcome outcome,
  @Nullable Map<String, ModelProgress> models,
  @Nullable List<String> held,
  @Nullable RaisedLimits raised,
  @Nullable Integer rounds,
  @Nullable Reopening reopening,
  @Nullable Integer settled,
  @Nullable List<Opening> openings,
  @Nullable Integer epochs,
  @Nullable Map<Phase, Integer> firstEpochs,
  @Nullable Pass startingOver,
  @Nullable Boolean deleted,
  @Nullable Boolean shownFinished
) {
  static RunProgress requested(int total, Instant deadlineAt) {
    return new RunProgress(
      total,
      0,
      0,
      0,
      0,
      0,
      0,
      false,
      Charge.NONE,
      Charge.NONE,
      deadlineAt,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      1,
      null,
      null,
      null,
      false
    );
  }

  int settledCalls() {
    return settled == null ? 0 : settled;
  }

  List<Opening> waitingOpenings() {
    return openings == null ? List.of() : openings;
  }

  /// When the sweeper has to look at the run, null for never.
  @Nullable
  Instant dueAt() {
    return stop == null && outcome == null ? deadlineAt : null;
  }

  Map<String, ModelProgress> knownModels() {
    return models == null ? Map.of() : models;
  }

  /// Whether nothing of the run can ever happen again: a finished run is opened for calls that failed, and
  /// one that judges for phases that are run anew.
  boolean over(boolean judged) {
    return outcome != null && (isDeleted() || (notOk == 0 && !judged));
  }

  boolean isDeleted() {
    return deleted != null && deleted;
  }

  /// Why a run ends before its plan does.
  record Stop(Cause cause, String message) {}

  enum Cause {
    CANCEL(CallSkipped.Reason.RUN_CANCELLED, Outcome.CANCELLED),
    DEADLINE(CallSkipped.Reason.RUN_DEADLINE, Outcome.DEADLINE_EXCEEDED);

    private final CallSkipped.Reason reason;
    private final Outcome outcome;

    Cause(CallSkipped.Reason reason, Outcome outcome) {
      this.reason = reason;
      this.outcome = outcome;
    }

    CallSkipped.Reason reason() {
      return reason;
    }

    Outcome outcome() {
      return outcome;
    }
  }

  /// Failed calls are being opened again, some at a time.
  ///
  /// @param from the failed calls of the plan before this index were looked at
  /// @param awaited when this call's announcement in this epoch is read back, the next ones follow
  record Reopening(int from, CallId awaited, int epoch) {}

  /// Phases are run anew, source by source.
  ///
  /// @param from the first of these phases
  /// @param source number of the next source that begins
  record Pass(Phase from, int source) {}
}
