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

  /// Nothing of the run will happen any more, but for late answers.
  record RunFinished(Outcome outcome, String message) implements RunEvent {}

  /// Something happened to one call.
  sealed interface CallEvent extends RunEvent {
    CallId callId();

    /// Counts the releases of the call: 1 for the first; one more each time that it is sent again
    /// because its worker was lost or because somebody asked for it. Older epochs are fenced.
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
  record CallDispatched(
    CallId callId,
    int epoch,
    String lane,
    Instant startBy
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
  record CallFailed(
    CallId callId,
    int epoch,
    int attempt,
    FailureKind kind,
    @Nullable Integer httpStatus,
    String message,
    @Nullable Spend spend,
    List<CallArtifact> artifacts
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
  record CallSkipped(
    CallId callId,
    int epoch,
    Phase phase,
    String document,
    ModelId model,
    int iteration,
    Reason reason,
    String message
  ) implements CallEnded {
    /// Why it will never run.
    public enum Reason {
      DEPENDENCY_FAILED,
      RUN_CANCELLED,
      RUN_DEADLINE,
      BUDGET,
      QUEUE_TTL,
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
