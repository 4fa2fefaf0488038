package dev.acm2.orchestrator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunId;
import dev.acm2.contract.WorkItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run tells a lane. The names on the wire never change.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LaneCommand.Enqueue.class, name = "enqueue"),
  @JsonSubTypes.Type(value = LaneCommand.Free.class, name = "free"),
  @JsonSubTypes.Type(value = LaneCommand.DropRun.class, name = "drop-run"),
  @JsonSubTypes.Type(value = LaneCommand.CountRequest.class, name = "count-request"),
  @JsonSubTypes.Type(value = LaneCommand.Block.class, name = "block"),
})
sealed interface LaneCommand {
  RunId runId();

  /// Release this call when its turn comes.
  ///
  /// @param notBefore its turn does not come earlier, null for at once
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
    @Nullable Instant notBefore
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
        time
      );
    }

    boolean isEarly(Instant now) {
      return notBefore != null && now.isBefore(notBefore);
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
  record Free(
    RunId runId,
    CallId callId,
    int epoch,
    @Nullable Boolean succeeded
  ) implements LaneCommand {}

  /// Nothing of the run may be released any more.
  record DropRun(RunId runId) implements LaneCommand {}

  /// A released call sends one more request.
  ///
  /// @param at when it goes
  record CountRequest(RunId runId, CallId callId, Instant at) implements LaneCommand {}

  /// The provider limits the rate: no call of any run may be released before.
  record Block(RunId runId, CallId callId, Instant until) implements LaneCommand {}
}
