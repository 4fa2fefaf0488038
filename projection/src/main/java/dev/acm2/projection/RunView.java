package dev.acm2.projection;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One run as it stands after the event at `asOf`. Absolute: whoever has it needs no older one.
///
/// @param phases those with calls in flight, else those with calls queued; none at the end
/// @param byModel keyed by `provider:model`
/// @param startedAt of its first call
/// @param deadlineAt when the run ends at the latest
/// @param message why it ended as it did
/// @param anomalies events that cannot have happened
/// @param spec never changes; null where it was left out to save its size (lists, deltas)
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
  int anomalies,
  @Nullable RunSpec spec
) {
  /// Where a run stands.
  public enum RunStatus {
    REQUESTED,
    RUNNING,
    CANCELLING,
    FINISHED,
  }

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
      anomalies,
      other
    );
  }
}
