package dev.acm2.orchestrator;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallRetried;
import java.time.Duration;
import java.time.Instant;

/// What a run tells the lane of a call about its provider.
final class LaneReports {

  /// A call that failed for good does not say how long the provider wants to be left alone.
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private LaneReports() {}

  /// The lane counts the request that follows, and waits as long as the call.
  static void retried(RunDraft run, CallProgress call, CallRetried event, Instant at) {
    Instant next = at.plus(event.delay());
    String lane = run.laneOf(call);
    run.decide(
      new Decision.Instruct(lane, new LaneCommand.CountRequest(run.runId, call.callId(), next))
    );
    if (event.cause() == FailureKind.RATE_LIMITED) {
      run.decide(
        new Decision.Instruct(lane, new LaneCommand.Block(run.runId, call.callId(), next))
      );
    }
  }

  /// Has to be told before the slot is free: nothing may take it at once.
  static void failed(RunDraft run, CallProgress call, CallFailed event, Instant at) {
    if (event.kind() == FailureKind.RATE_LIMITED) {
      Instant until = at.plus(PAUSE_AFTER_FAILURE);
      run.decide(
        new Decision.Instruct(
          run.laneOf(call),
          new LaneCommand.Block(run.runId, call.callId(), until)
        )
      );
    }
  }
}
