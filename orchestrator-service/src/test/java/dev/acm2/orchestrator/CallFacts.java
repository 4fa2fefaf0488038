package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lanes and workers say of a released call.
final class CallFacts {

  static final String WORKER = "worker-1";

  private CallFacts() {}

  static CallDispatched dispatched(LaneCommand.Enqueue call, Instant now) {
    return new CallDispatched(
      call.callId(),
      call.epoch(),
      call.model().provider(),
      call.releasedAt(now).startBy(),
      null
    );
  }

  static CallStarted started(LaneCommand.Enqueue call, Instant now) {
    return new CallStarted(
      call.callId(),
      call.epoch(),
      1,
      WORKER,
      now.plus(call.limits().callDeadline())
    );
  }

  static CallStarted started(WorkItem item, Instant now) {
    Instant deadline = now.plus(item.limits().callDeadline());
    return new CallStarted(item.callId(), item.epoch(), 1, WORKER, deadline);
  }

  static Spend spend(int attempts, String usd) {
    return new Spend(attempts, new Usage(10, 10, 0, 0), Usd.of(usd));
  }

  static CallSucceeded succeeded(LaneCommand.Enqueue call, Spend spend) {
    return succeeded(call.callId(), call.epoch(), spend);
  }

  static CallSucceeded succeeded(WorkItem item, Spend spend) {
    return succeeded(item.callId(), item.epoch(), spend);
  }

  static CallSucceeded succeeded(CallId callId, int epoch, Spend spend) {
    ArtifactRef output = ArtifactRef.of("out".getBytes(StandardCharsets.UTF_8), "text/markdown");
    return succeeded(callId, epoch, new CallResult.Document(output, "out"), spend);
  }

  static CallSucceeded succeeded(CallId callId, int epoch, CallResult result, Spend spend) {
    Timings timings = new Timings(Duration.ofMillis(5), Duration.ofMillis(10));
    return new CallSucceeded(
      callId,
      epoch,
      spend.attempts(),
      result,
      spend,
      Evidence.NONE,
      timings,
      List.of()
    );
  }

  static CallFailed failed(LaneCommand.Enqueue call, Spend spend) {
    return new CallFailed(
      call.callId(),
      call.epoch(),
      spend.attempts(),
      FailureKind.SERVER_ERROR,
      500,
      "broken",
      spend,
      List.of(),
      null
    );
  }

  /// The model gave an answer that cannot be read.
  static CallFailed garbage(LaneCommand.Enqueue call, Spend spend) {
    return failed(call, FailureKind.INVALID_OUTPUT, spend);
  }

  static CallFailed failed(LaneCommand.Enqueue call, FailureKind kind, Spend spend) {
    return new CallFailed(
      call.callId(),
      call.epoch(),
      spend.attempts(),
      kind,
      null,
      "not what was asked for",
      spend,
      List.of(),
      null
    );
  }

  /// The provider said how long it wants to be left alone.
  static CallFailed failed(LaneCommand.Enqueue call, FailureKind kind, Duration retryAfter) {
    Spend spend = spend(1, "0.001");
    return new CallFailed(
      call.callId(),
      call.epoch(),
      spend.attempts(),
      kind,
      429,
      "slow down",
      spend,
      List.of(),
      retryAfter
    );
  }

  /// The next attempt follows after a pause.
  static CallRetried retried(
    LaneCommand.Enqueue call,
    int attempt,
    FailureKind cause,
    Duration delay
  ) {
    return new CallRetried(
      call.callId(),
      call.epoch(),
      attempt,
      cause,
      null,
      "once more",
      delay,
      Duration.ofSeconds(50),
      spend(attempt - 1, "0.001"),
      List.of()
    );
  }

  /// A worker does not start the call any more.
  static CallSkipped refused(LaneCommand.Enqueue call) {
    return new CallSkipped(
      call.callId(),
      call.epoch(),
      call.phase(),
      "d",
      call.model(),
      1,
      CallSkipped.Reason.RUN_CANCELLED,
      "refused",
      null,
      null
    );
  }

  /// A worker that leaves gives the call back.
  static CallHandedBack handedBack(LaneCommand.Enqueue call, Spend spend) {
    return new CallHandedBack(
      call.callId(),
      call.epoch(),
      spend.attempts(),
      WORKER,
      "leaving",
      spend,
      List.of()
    );
  }

  static CallCancelled cancelled(LaneCommand.Enqueue call, @Nullable Spend spend) {
    return new CallCancelled(
      call.callId(),
      call.epoch(),
      spend == null ? 1 : spend.attempts(),
      "cancelled",
      spend,
      List.of()
    );
  }
}
