package dev.acm2.projection;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Suspicion;
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
/// @param queuedAt since when the call waits in this epoch, or waited; like the times after it, of this epoch alone
/// @param nextAttemptAt until then the call pauses before its next attempt
/// @param endedBy id of the event that ended the call
/// @param progress how far the attempt under way is, as far as it has told
/// @param usage of all attempts of all epochs, like costUsd and attempts
/// @param reservedUsd what is held of the run's money until the call has ended
/// @param savedUsd what the call would have cost that was skipped because its answer was not needed
/// @param output the document that the call made; like what follows from it and like the result, it is that of
///     the epoch that counts
/// @param preview its first characters
/// @param suspicions passages of it that speak to its judge
/// @param result what a judge said: scores or a preference; null of a call that makes a document
/// @param late ends that came after the end that counts, or out of an epoch that is over
/// @param spendByEpoch absolute spend by epoch, of which the totals are the sum
/// @param retriedByEpoch the part of an epoch's cost that went for attempts that were followed by another
/// @param earlierEnds ids of the events that had ended earlier epochs when the call was opened again
/// @param replacedEpochs those of them that had succeeded, in their order: their phase was run anew
/// @param earlier the newest epochs that are over, in their order, at most [#EARLIER_SHOWN]
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
  @Nullable Progress progress,
  @Nullable LastError lastError,
  List<Retry> retries,
  Usage usage,
  Usd costUsd,
  int attempts,
  Usd reservedUsd,
  Usd savedUsd,
  @Nullable Enforcer enforcedBy,
  @Nullable Instant enforcedAt,
  List<CallArtifact> artifacts,
  @Nullable ArtifactRef output,
  @Nullable String preview,
  List<Suspicion> suspicions,
  @Nullable CallResult result,
  List<Late> late,
  List<Anomaly> anomalies,
  SortedMap<Integer, Spend> spendByEpoch,
  SortedMap<Integer, Usd> retriedByEpoch,
  SortedMap<Integer, UUID> earlierEnds,
  List<Integer> replacedEpochs,
  List<Epoch> earlier,
  long version
) {
  /// A call that goes from worker to worker must not grow with every one of them.
  public static final int EARLIER_SHOWN = 20;

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

  /// What the attempt under way told of itself.
  ///
  /// @param share what is done, from 0 to 1; null when it is not known
  public record Progress(String message, @Nullable Double share, Instant at) {}

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

  /// An epoch that is over, since the call went on in a later one. What was retried in it is in [#retries].
  ///
  /// @param workerId who had taken the call; null when nobody had
  /// @param queuedAt since when it waited; null when it was skipped at once
  /// @param endedAt when it was over; what is said of it later is late
  /// @param cause kind of the failure that ended it, as in [LastError]; null of a success, and when it was
  ///     broken off
  public record Epoch(
    int epoch,
    @Nullable String workerId,
    @Nullable Instant queuedAt,
    @Nullable Instant dispatchedAt,
    @Nullable Instant startedAt,
    Instant endedAt,
    EpochEnd end,
    @Nullable String cause
  ) {}

  /// How an epoch came to be over: by an end of the call, which somebody asked to run again, or broken off.
  public enum EpochEnd {
    OK,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    SKIPPED,
    /// Its worker fell silent.
    LOST,
    /// Its worker gave the call back.
    HANDED_BACK;

    static EpochEnd of(CallState state) {
      return switch (state) {
        case OK -> OK;
        case FAILED -> FAILED;
        case TIMED_OUT -> TIMED_OUT;
        case CANCELLED -> CANCELLED;
        case SKIPPED -> SKIPPED;
        case STRAY, QUEUED, DISPATCHED, IN_FLIGHT -> throw new IllegalArgumentException(
          state + " is no end"
        );
      };
    }
  }

  /// An end that does not count any more, although its cost does.
  public record Late(UUID eventId, String type, int epoch, int attempt, Instant at) {}

  /// Something that cannot have happened.
  public record Anomaly(UUID eventId, String type, String what) {}

  /// Whether the call is to give anew what it had given before, and has not ended yet.
  boolean isBeingReplaced() {
    boolean hadSucceeded =
      !replacedEpochs.isEmpty() && replacedEpochs.getLast().equals(earlierEnds.lastKey());
    return hadSucceeded && !state.ended();
  }

  /// Whether an attempt of this epoch has failed and the next one is under way, or about to be.
  boolean isRetrying() {
    return state == CallState.IN_FLIGHT && attempt > 1;
  }

  /// What all epochs of the call have used.
  public Spend spend() {
    return new Spend(attempts, usage, costUsd);
  }
}
