package dev.acm2.orchestrator;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallSkipped;
import java.time.Instant;
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
/// @param outcome set once the run is finished; nothing changes any more
/// @param models by `provider:model`, those of which a call was released or passed over; null for none
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
  @Nullable Map<String, ModelProgress> models
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
      null
    );
  }

  /// When the sweeper has to look at the run, null for never.
  @Nullable
  Instant dueAt() {
    return stop == null && outcome == null ? deadlineAt : null;
  }

  Map<String, ModelProgress> knownModels() {
    return models == null ? Map.of() : models;
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
}
