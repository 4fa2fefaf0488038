package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec.Author;
import java.time.Instant;

/// One call of a plan, with all that is needed to send it.
///
/// @param index place in the order of the plan, from 0
record PlannedCall(
  int index,
  CallId callId,
  Phase phase,
  String document,
  Author author,
  int iteration,
  Prompt prompt
) {
  /// Bytes of everything that the call sends as input.
  long inputBytes() {
    return (
      prompt.instructions().size() + prompt.inputs().stream().mapToLong(ArtifactRef::size).sum()
    );
  }

  CallQueued queued(Limits limits) {
    return new CallQueued(
      callId,
      1,
      phase,
      document,
      author.model(),
      iteration,
      null,
      prompt,
      options(),
      callLimits(limits, limits.maxAttempts())
    );
  }

  CallSkipped skipped(int epoch, CallSkipped.Reason reason, String message) {
    return new CallSkipped(
      callId,
      epoch,
      phase,
      document,
      author.model(),
      iteration,
      reason,
      message
    );
  }

  /// @param attempts how many of them were granted
  LaneCommand.Enqueue enqueue(
    RunId runId,
    Limits limits,
    Instant runDeadlineAt,
    int epoch,
    int attempts
  ) {
    return new LaneCommand.Enqueue(
      runId,
      callId,
      epoch,
      phase,
      document,
      author.model(),
      iteration,
      null,
      prompt,
      options(),
      callLimits(limits, attempts),
      runDeadlineAt,
      limits.priority(),
      limits.weight(),
      null
    );
  }

  private CallOptions options() {
    return new CallOptions(author.maxOutputTokens(), author.grounding(), author.reasoning());
  }

  private static CallLimits callLimits(Limits limits, int attempts) {
    return new CallLimits(
      limits.callDeadline(),
      limits.attemptTimeout(),
      attempts,
      limits.queueTtl()
    );
  }
}
