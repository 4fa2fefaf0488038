package dev.acm2.projection;

import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallId;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One call as it stands after the event at `version`. Absolute: whoever has it needs no older one.
///
/// @param epoch the release that counts; what older ones still say is late
/// @param attempt the attempt under way, or the last one; 0 before the start
/// @param nextAttemptAt until then the call pauses before its next attempt
/// @param usage of all attempts of all epochs, like costUsd and attempts
/// @param endedBy id of the event that ended the call
/// @param late ends that came after the end that counts, or out of an epoch that is over
/// @param spendByEpoch absolute spend by epoch, of which the totals are the sum
/// @param version offset of the last event that changed the call
public record CallView(
  RunId runId,
  CallId callId,
  @Nullable Phase phase,
  @Nullable String document,
  @Nullable ModelId model,
  int iteration,
  @Nullable String subject,
  CallState state,
  int epoch,
  int attempt,
  @Nullable String workerId,
  @Nullable Instant queuedAt,
  @Nullable Instant dispatchedAt,
  @Nullable Instant startedAt,
  @Nullable Instant deadlineAt,
  @Nullable Instant nextAttemptAt,
  @Nullable Instant finishedAt,
  @Nullable UUID endedBy,
  @Nullable LastError lastError,
  List<Retry> retries,
  Usage usage,
  Usd costUsd,
  int attempts,
  @Nullable Enforcer enforcedBy,
  @Nullable Instant enforcedAt,
  List<CallArtifact> artifacts,
  @Nullable String preview,
  List<Late> late,
  List<Anomaly> anomalies,
  SortedMap<Integer, Spend> spendByEpoch,
  long version
) {
  /// The latest failure of the call. It stays when a later attempt succeeds, but is active no more.
  public record LastError(
    String kind,
    String message,
    @Nullable Integer httpStatus,
    int attempt,
    Instant at,
    boolean active
  ) {
    LastError recovered() {
      return new LastError(kind, message, httpStatus, attempt, at, false);
    }
  }

  /// A failed attempt that was followed by another one.
  ///
  /// @param attempt number of the attempt that followed
  public record Retry(
    int epoch,
    int attempt,
    FailureKind cause,
    String message,
    @Nullable Integer httpStatus,
    Duration delay,
    Duration remainingBudget,
    Instant at
  ) {}

  /// An end that does not count any more, although its cost does.
  public record Late(UUID eventId, String type, int epoch, int attempt, Instant at) {}

  /// Something that cannot have happened.
  public record Anomaly(UUID eventId, String type, String what) {}

  /// What all epochs of the call have used.
  public Spend spend() {
    return new Spend(attempts, usage, costUsd);
  }
}
