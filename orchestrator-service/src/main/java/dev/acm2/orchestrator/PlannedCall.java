package dev.acm2.orchestrator;

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
import dev.acm2.contract.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call of a plan, with all that is needed to send it.
///
/// @param index place in the order of the plan, from 0
/// @param author how its model is asked
/// @param subject as in [CallQueued]
record PlannedCall(
  int index,
  CallId callId,
  Phase phase,
  String document,
  Author author,
  int iteration,
  @Nullable String subject,
  Prompt prompt
) {
  CallQueued queued(Limits limits, int epoch) {
    return new CallQueued(
      callId,
      epoch,
      phase,
      document,
      author.model(),
      iteration,
      subject,
      prompt,
      options(),
      callLimits(limits, limits.maxAttempts())
    );
  }

  CallSkipped skipped(int epoch, CallSkipped.Reason reason, String message) {
    return skipped(epoch, reason, message, null);
  }

  /// @param saved what it would have cost, null when nothing was saved by design, or when that is not
  ///     known
  CallSkipped skipped(int epoch, CallSkipped.Reason reason, String message, @Nullable Usd saved) {
    return new CallSkipped(
      callId,
      epoch,
      phase,
      document,
      author.model(),
      iteration,
      reason,
      message,
      saved,
      subject
    );
  }

  /// @param attempts how many of them were granted
  /// @param reservedUsd what is held of the run's money for them
  LaneCommand.Enqueue enqueue(
    RunId runId,
    Limits limits,
    Instant runDeadlineAt,
    int epoch,
    int attempts,
    Usd reservedUsd
  ) {
    return new LaneCommand.Enqueue(
      runId,
      callId,
      epoch,
      phase,
      document,
      author.model(),
      iteration,
      subject,
      prompt,
      options(),
      callLimits(limits, attempts),
      runDeadlineAt,
      limits.priority(),
      limits.weight(),
      null,
      reservedUsd
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
