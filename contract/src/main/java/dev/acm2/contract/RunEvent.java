package dev.acm2.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a run. Facts in the past tense; the run itself is the record's key,
/// and when, by whom and under which id is in its headers ([EventMeta]).
///
/// Fields may be added if they are optional; none is ever removed, renamed or given a new meaning.
public sealed interface RunEvent {
  /// A run was accepted.
  ///
  /// @param deadlineAt when the run ends at the latest
  record RunRequested(
    RunSpec spec,
    List<PlannedCalls> planned,
    Instant deadlineAt
  ) implements RunEvent {}

  /// Somebody asked for the end of the run.
  record RunCancelRequested(String reason) implements RunEvent {}

  /// Somebody asked the run to hold. Calls under way finish; no other one is started until the run is
  /// resumed. The run's deadline goes on.
  record RunPauseRequested(String reason) implements RunEvent {}

  /// Somebody asked a held run to go on.
  record RunResumeRequested(String reason) implements RunEvent {}

  /// Somebody asked to run calls again that had ended. A finished run opens again.
  ///
  /// @param calls those to run again if they had ended without success, null for every such one; what
  ///     succeeded is kept
  /// @param from the phase that is run anew, with those after it: all their calls, the successful ones too;
  ///     what the phases before it gave is kept. Null when only calls without success are meant. It is never
  ///     the generation phase, and calls is null beside it.
  /// @param maxPaidCalls new limit of the run in place of the one that it had, null to keep that
  /// @param maxCostUsd new limit of the run in place of the one that it had, null to keep that
  /// @param deadlineAt new end of the run at the latest; of a run that has not finished the later one counts
  record RunRetryRequested(
    @Nullable List<CallId> calls,
    @Nullable Integer maxPaidCalls,
    @Nullable Usd maxCostUsd,
    Instant deadlineAt,
    String reason,
    @Nullable Phase from
  ) implements RunEvent {}

  /// The run was put away: lists leave it out unless they are asked for it. It goes on otherwise.
  record RunArchived(String reason) implements RunEvent {}

  /// The run was taken out of the archive.
  record RunUnarchived(String reason) implements RunEvent {}

  /// The tables of the run were given up for good. The log keeps what it has; no view shows it, and what
  /// is appended for the run later changes nothing.
  record RunDeleted(String reason) implements RunEvent {}

  /// Somebody asked for the end of one call, in whichever epoch it is.
  record CallCancelRequested(CallId callId, String reason) implements RunEvent {}

  /// Nothing of the run will happen any more, but for late answers, until it is opened again.
  record RunFinished(Outcome outcome, String message) implements RunEvent {}

  /// Something happened to one call.
  sealed interface CallEvent extends RunEvent {
    CallId callId();

    /// Tells the releases of the call apart: 1 for the first; higher each time that it is sent again
    /// because its worker was lost or because somebody asked for it, by more than one when its phase is
    /// run anew. Older epochs are fenced.
    int epoch();
  }

  /// The end of a call. The first one in the order of the log decides; later ones are late.
  sealed interface CallEnded extends CallEvent {
    /// The attempt that was under way, 0 when none had been sent.
    int attempt();

    /// What this epoch used in total, null when the writer cannot know.
    @Nullable
    Spend spend();

    List<CallArtifact> artifacts();
  }

  /// A planned call waits for its release.
  ///
  /// @param subject what is judged or combined: a document's call id, or two of them with a colon between
  ///     them in the order in which they are shown; null in the generation phase
  record CallQueued(
    CallId callId,
    int epoch,
    Phase phase,
    String document,
    ModelId model,
    int iteration,
    @Nullable String subject,
    Prompt prompt,
    CallOptions options,
    CallLimits limits
  ) implements CallEvent {}

  /// A lane released the call to the workers.
  ///
  /// @param startBy when it will not be started any more
  /// @param reservedUsd what is held of the run's money until the call has ended
  record CallDispatched(
    CallId callId,
    int epoch,
    String lane,
    Instant startBy,
    @Nullable Usd reservedUsd
  ) implements CallEvent {}

  /// A worker took the call; from here on it may cost money.
  ///
  /// @param attempt always 1
  /// @param deadlineAt when the call ends at the latest, over all its attempts
  record CallStarted(
    CallId callId,
    int epoch,
    int attempt,
    String workerId,
    Instant deadlineAt
  ) implements CallEvent {}

  /// The attempt under way told how far it is.
  ///
  /// @param message for people, one line
  /// @param share what is done, from 0 to 1; null when it is not known
  record CallProgressed(
    CallId callId,
    int epoch,
    int attempt,
    String message,
    @Nullable Double share
  ) implements CallEvent {}

  /// A worker that leaves gave a started call back unfinished. The call waits again, in the next epoch.
  ///
  /// @param attempt the attempt that was under way and was aborted, 0 when none had been sent
  /// @param spend of this epoch, which is over
  record CallHandedBack(
    CallId callId,
    int epoch,
    int attempt,
    String workerId,
    String reason,
    Spend spend,
    List<CallArtifact> artifacts
  ) implements CallEvent {}

  /// An attempt failed and another one will follow.
  ///
  /// @param attempt number of the attempt that follows
  /// @param delay pause before it
  /// @param remainingBudget what is left until the deadline, the pause included
  /// @param spend of this epoch so far
  record CallRetried(
    CallId callId,
    int epoch,
    int attempt,
    FailureKind cause,
    @Nullable Integer httpStatus,
    String message,
    Duration delay,
    Duration remainingBudget,
    Spend spend,
    List<CallArtifact> artifacts
  ) implements CallEvent {}

  /// The call gave what it was made for.
  record CallSucceeded(
    CallId callId,
    int epoch,
    int attempt,
    CallResult result,
    Spend spend,
    Evidence evidence,
    Timings timings,
    List<CallArtifact> artifacts
  ) implements CallEnded {}

  /// The call failed for good.
  ///
  /// @param retryAfter how long the provider asked everyone to wait, null when it did not
  record CallFailed(
    CallId callId,
    int epoch,
    int attempt,
    FailureKind kind,
    @Nullable Integer httpStatus,
    String message,
    @Nullable Spend spend,
    List<CallArtifact> artifacts,
    @Nullable Duration retryAfter
  ) implements CallEnded {}

  /// The call was ended by its deadline.
  ///
  /// @param deadline when it was due
  /// @param enforcedAt when it was ended; the difference is the overshoot
  record CallTimedOut(
    CallId callId,
    int epoch,
    int attempt,
    Instant deadline,
    Instant enforcedAt,
    Enforcer enforcedBy,
    String message,
    @Nullable Spend spend,
    List<CallArtifact> artifacts
  ) implements CallEnded {}

  /// The three rings that enforce a deadline.
  enum Enforcer {
    EXCHANGE,
    WATCHDOG,
    SWEEPER,
  }

  /// The call was under way and was aborted on demand.
  record CallCancelled(
    CallId callId,
    int epoch,
    int attempt,
    String reason,
    @Nullable Spend spend,
    List<CallArtifact> artifacts
  ) implements CallEnded {}

  /// The worker of a started call fell silent. When it is sent again, the next epoch begins.
  record CallOrphaned(
    CallId callId,
    int epoch,
    String workerId,
    Instant lastSeenAt,
    Policy policy
  ) implements CallEvent {
    /// What was done about it.
    public enum Policy {
      REDISPATCHED,
      FAILED,
    }
  }

  /// The call will never run.
  ///
  /// @param saved what it would have cost, by the average of the model's other calls in the run; null
  ///     when nothing was saved by design
  /// @param subject as in [CallQueued]
  record CallSkipped(
    CallId callId,
    int epoch,
    Phase phase,
    String document,
    ModelId model,
    int iteration,
    Reason reason,
    String message,
    @Nullable Usd saved,
    @Nullable String subject
  ) implements CallEnded {
    /// Why it will never run.
    public enum Reason {
      /// What it would have worked on does not exist.
      DEPENDENCY_FAILED,
      /// Its model failed so often in the same way that the run gave it up.
      MODEL_FAILING,
      RUN_CANCELLED,
      CALL_CANCELLED,
      RUN_DEADLINE,
      BUDGET,
      QUEUE_TTL,
      /// The question that it would have answered was settled without it.
      SETTLED,
    }

    @Override
    public int attempt() {
      return 0;
    }

    @Override
    public @Nullable Spend spend() {
      return null;
    }

    @Override
    public List<CallArtifact> artifacts() {
      return List.of();
    }
  }
}
