package dev.acm2.orchestrator;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallRetried;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run tells the lane of a call about its provider.
final class LaneReports {

  /// For a rate limit whose provider did not say how long it wants to be left alone.
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private LaneReports() {}

  /// The lane counts the request that follows, and waits as long as the call.
  static void retried(RunDraft run, CallProgress call, CallRetried event, Instant at) {
    Instant next = at.plus(event.delay());
    String lane = run.laneOf(call);
    run.decide(new Decision.Instruct(lane, request(run, call, event, next)));
    if (event.cause() == FailureKind.RATE_LIMITED) {
      run.decide(
        new Decision.Instruct(lane, new LaneCommand.Block(run.runId, call.callId(), next))
      );
    }
  }

  private static LaneCommand.CountRequest request(
    RunDraft run,
    CallProgress call,
    CallRetried event,
    Instant next
  ) {
    PlannedCall planned = run.call(call.index());
    return new LaneCommand.CountRequest(
      run.runId,
      call.callId(),
      next,
      call.epoch(),
      Tokens.of(event.spend()) +
        Tokens.ofRequest(planned.prompt(), planned.author().maxOutputTokens())
    );
  }

  /// Has to be told before the slot is free: nothing may take it at once.
  static void failed(RunDraft run, CallProgress call, CallFailed event, Instant at) {
    Duration pause = pause(event);
    if (pause != null) {
      run.decide(
        new Decision.Instruct(
          run.laneOf(call),
          new LaneCommand.Block(run.runId, call.callId(), at.plus(pause))
        )
      );
    }
  }

  private static @Nullable Duration pause(CallFailed event) {
    if (event.retryAfter() != null) {
      return event.retryAfter();
    }
    return event.kind() == FailureKind.RATE_LIMITED ? PAUSE_AFTER_FAILURE : null;
  }
}
