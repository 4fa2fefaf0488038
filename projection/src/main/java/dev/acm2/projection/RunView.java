package dev.acm2.projection;

import dev.acm2.contract.Limits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One run as it stands after the event at `asOf`. Absolute: whoever has it needs no older one.
///
/// @param phases those with calls in flight, else those with calls queued; none at the end
/// @param byModel keyed by `provider:model`
/// @param startedAt of its first call
/// @param deadlineAt when the run ends at the latest
/// @param lastEventAt time of its newest event; one that is older and comes later does not lower it
/// @param message why it ended as it did
/// @param anomalies events that cannot have happened
/// @param actions what was asked of the run, and its ends, in the order of the log
/// @param limits as they were raised last
/// @param archived whether lists leave the run out unless they are asked for it
/// @param deleted whether the run was given up for good. Then this is all that is left of it, nothing that is
///     appended for it later changes it, and nobody is to be shown it
/// @param spec never changes but for its limits; null where it was left out to save its size (lists,
///     deltas)
public record RunView(
  RunId runId,
  String name,
  RunStatus status,
  @Nullable Outcome outcome,
  @Nullable String message,
  List<Phase> phases,
  AsOf asOf,
  RunStats stats,
  SortedMap<Phase, RunStats> byPhase,
  SortedMap<String, RunStats> byModel,
  Instant requestedAt,
  @Nullable Instant startedAt,
  Instant deadlineAt,
  @Nullable Instant finishedAt,
  Instant lastEventAt,
  int anomalies,
  List<Action> actions,
  Limits limits,
  boolean archived,
  boolean deleted,
  @Nullable RunSpec spec
) {
  /// Where a run stands. A finished run is running again from the first call on that is opened again.
  public enum RunStatus {
    REQUESTED,
    RUNNING,
    /// Nothing is released until somebody resumes the run; what is in flight goes on.
    PAUSED,
    CANCELLING,
    FINISHED,
  }

  /// Something that was asked of the run, whether or not it had an effect, or an end of the run.
  ///
  /// @param type logical name of the event
  /// @param reason why it was asked for, or why the run ended as it did
  /// @param deadlineAt new end of the run at the latest, of a request to run calls again; else null
  /// @param from the phase that is run anew, of a request for that; else null
  public record Action(
    UUID eventId,
    String type,
    String reason,
    Instant at,
    @Nullable Instant deadlineAt,
    @Nullable Phase from
  ) {}

  /// @param other the spec as it was requested, which gets the limits of this view
  public RunView withSpec(@Nullable RunSpec other) {
    return new RunView(
      runId,
      name,
      status,
      outcome,
      message,
      phases,
      asOf,
      stats,
      byPhase,
      byModel,
      requestedAt,
      startedAt,
      deadlineAt,
      finishedAt,
      lastEventAt,
      anomalies,
      actions,
      limits,
      archived,
      deleted,
      other == null ? null : other.withLimits(limits)
    );
  }
}
