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

/// What a run tells a lane. The names on the wire never change.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LaneCommand.Enqueue.class, name = "enqueue"),
  @JsonSubTypes.Type(value = LaneCommand.Free.class, name = "free"),
  @JsonSubTypes.Type(value = LaneCommand.DropRun.class, name = "drop-run"),
})
sealed interface LaneCommand {
  RunId runId();

  /// Release this call when its turn comes.
  record Enqueue(
    RunId runId,
    CallId callId,
    int epoch,
    Phase phase,
    ModelId model,
    Prompt prompt,
    CallOptions options,
    CallLimits limits,
    Instant runDeadlineAt,
    Limits.Priority priority,
    int weight
  ) implements LaneCommand {
    WorkItem releasedAt(Instant now) {
      Instant ttl = now.plus(limits.queueTtl());
      Instant startBy = ttl.isBefore(runDeadlineAt) ? ttl : runDeadlineAt;
      return new WorkItem(
        runId,
        callId,
        epoch,
        phase,
        model,
        prompt,
        options,
        limits,
        startBy,
        runDeadlineAt
      );
    }
  }

  /// The call has ended; its slot can be given away.
  record Free(RunId runId, CallId callId, int epoch) implements LaneCommand {}

  /// Nothing of the run may be released any more.
  record DropRun(RunId runId) implements LaneCommand {}
}
