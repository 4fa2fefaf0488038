package dev.acm2.orchestrator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run, or a person, tells a lane. The names on the wire never change.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LaneCommand.Enqueue.class, name = "enqueue"),
  @JsonSubTypes.Type(value = LaneCommand.Free.class, name = "free"),
  @JsonSubTypes.Type(value = LaneCommand.DropRun.class, name = "drop-run"),
  @JsonSubTypes.Type(value = LaneCommand.DropCall.class, name = "drop-call"),
  @JsonSubTypes.Type(value = LaneCommand.HoldRun.class, name = "hold-run"),
  @JsonSubTypes.Type(value = LaneCommand.GoOnRun.class, name = "go-on-run"),
  @JsonSubTypes.Type(value = LaneCommand.CountRequest.class, name = "count-request"),
  @JsonSubTypes.Type(value = LaneCommand.Block.class, name = "block"),
  @JsonSubTypes.Type(value = LaneCommand.SetLimits.class, name = "set-limits"),
  @JsonSubTypes.Type(value = LaneCommand.ResetLimits.class, name = "reset-limits"),
})
sealed interface LaneCommand {
  /// Release this call when its turn comes.
  ///
  /// @param notBefore its turn does not come earlier, null for at once
  /// @param reservedUsd what is held of the run's money for it, null when that was not told
  record Enqueue(
    RunId runId,
    CallId callId,
    int epoch,
    Phase phase,
    String document,
    ModelId model,
    int iteration,
    @Nullable String subject,
    Prompt prompt,
    CallOptions options,
    CallLimits limits,
    Instant runDeadlineAt,
    Limits.Priority priority,
    int weight,
    @Nullable Instant notBefore,
    @Nullable Usd reservedUsd
  ) implements LaneCommand {
    Enqueue notBefore(@Nullable Instant time) {
      return new Enqueue(
        runId,
        callId,
        epoch,
        phase,
        document,
        model,
        iteration,
        subject,
        prompt,
        options,
        limits,
        runDeadlineAt,
        priority,
        weight,
        time,
        reservedUsd
      );
    }

    boolean isEarly(Instant now) {
      return notBefore != null && now.isBefore(notBefore);
    }

    /// The most tokens that its first request can use.
    long tokens() {
      return Tokens.ofRequest(prompt, options.maxOutputTokens());
    }

    WorkItem releasedAt(Instant now) {
      Instant ttl = now.plus(limits.queueTtl());
      Instant startBy = ttl.isBefore(runDeadlineAt) ? ttl : runDeadlineAt;
      return new WorkItem(
        runId,
        callId,
        epoch,
        phase,
        document,
        model,
        iteration,
        subject,
        prompt,
        options,
        limits,
        startBy,
        runDeadlineAt
      );
    }
  }

  /// The call has ended; its slot can be given away.
  ///
  /// @param succeeded null when it is not known, which counts as no success
  /// @param tokens what it used, null when it is not known, which counts as all that it held
  record Free(
    RunId runId,
    CallId callId,
    int epoch,
    @Nullable Boolean succeeded,
    @Nullable Long tokens
  ) implements LaneCommand {
    Free(RunId runId, CallId callId, int epoch, @Nullable Boolean succeeded) {
      this(runId, callId, epoch, succeeded, null);
    }
  }

  /// Nothing of the run may be released any more. A hold on it is over.
  record DropRun(RunId runId) implements LaneCommand {}

  /// This call may not be released any more. When it still waits, the lane ends it: so no call is ended
  /// as one that never ran while a worker runs it.
  ///
  /// @param end what the lane appends to the run's log when the call still waits
  record DropCall(RunId runId, CallSkipped end) implements LaneCommand {}

  /// Calls of the run wait, those that are here and those that will come.
  record HoldRun(RunId runId, Limits.Priority priority, int weight) implements LaneCommand {}

  /// Calls of the run get their turns again.
  record GoOnRun(RunId runId) implements LaneCommand {}

  /// A released call sends one more request.
  ///
  /// @param at when it goes
  /// @param epoch null when it is not known
  /// @param tokens what the epoch has used and what the request can use, null when it is not known
  record CountRequest(
    RunId runId,
    CallId callId,
    Instant at,
    @Nullable Integer epoch,
    @Nullable Long tokens
  ) implements LaneCommand {}

  /// The provider limits the rate: no call of any run may be released before.
  record Block(RunId runId, CallId callId, Instant until) implements LaneCommand {}

  /// These limits from now on, in place of the configured ones; the lane need not be configured.
  record SetLimits(LaneLimits limits) implements LaneCommand {}

  /// The configured limits again.
  record ResetLimits() implements LaneCommand {}
}
