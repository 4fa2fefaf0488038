package dev.acm2.contract;

import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One telling example of every event.
final class SampleEvents {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final CallId CALL = CallId.parse("0123456789abcdef0123456789abcdef");
  private static final ModelId MODEL = ModelId.parse("openai:gpt-5.1");
  private static final ArtifactRef TEXT = new ArtifactRef(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    0,
    "text/markdown"
  );
  private static final Spend SPEND = new Spend(
    2,
    new Usage(1000, 500, 200, 100),
    Usd.of("0.00625")
  );
  private static final List<CallArtifact> ARTIFACTS = List.of(
    new CallArtifact(CallArtifact.Role.REQUEST, 1, 2, TEXT),
    new CallArtifact(CallArtifact.Role.RESPONSE, 1, 2, TEXT)
  );

  private SampleEvents() {}

  static RunEvent of(EventType type) {
    return switch (type) {
      case RUN_REQUESTED -> new RunEvent.RunRequested(
        spec(),
        List.of(new PlannedCalls(Phase.GENERATION, MODEL, 2)),
        AT
      );
      case RUN_CANCEL_REQUESTED -> new RunEvent.RunCancelRequested("asked for by the user");
      case RUN_PAUSE_REQUESTED -> new RunEvent.RunPauseRequested("the provider is down");
      case RUN_RESUME_REQUESTED -> new RunEvent.RunResumeRequested("it is up again");
      case RUN_RETRY_REQUESTED -> new RunEvent.RunRetryRequested(
        List.of(CALL),
        600,
        Usd.of("7.5"),
        AT,
        "asked for by the user",
        null
      );
      case RUN_ARCHIVED -> new RunEvent.RunArchived("it has served");
      case RUN_UNARCHIVED -> new RunEvent.RunUnarchived("it is wanted again");
      case RUN_DELETED -> new RunEvent.RunDeleted("it was a mistake");
      case CALL_CANCEL_REQUESTED -> new RunEvent.CallCancelRequested(CALL, "it takes too long");
      case RUN_FINISHED -> new RunEvent.RunFinished(
        Outcome.COMPLETED_WITH_ERRORS,
        "1 of 2 calls failed"
      );
      case CALL_QUEUED -> queued();
      case CALL_DISPATCHED -> new RunEvent.CallDispatched(CALL, 1, "openai", AT, null);
      case CALL_STARTED -> new RunEvent.CallStarted(CALL, 1, 1, "worker-1", AT);
      case CALL_PROGRESSED -> new RunEvent.CallProgressed(CALL, 1, 2, "reading page 3 of 4", 0.75);
      case CALL_HANDED_BACK -> new RunEvent.CallHandedBack(
        CALL,
        1,
        2,
        "worker-1",
        "the worker leaves",
        SPEND,
        ARTIFACTS
      );
      case CALL_RETRIED -> new RunEvent.CallRetried(
        CALL,
        1,
        2,
        FailureKind.RATE_LIMITED,
        429,
        "slow down",
        Duration.ofMillis(1500),
        Duration.ofSeconds(55),
        SPEND,
        ARTIFACTS
      );
      case CALL_SUCCEEDED -> new RunEvent.CallSucceeded(
        CALL,
        1,
        2,
        new CallResult.Document(TEXT, "# An order"),
        SPEND,
        new Evidence(true, true, List.of("https://example.org/order")),
        new Timings(Duration.ofMillis(700), Duration.ofSeconds(12)),
        ARTIFACTS
      );
      case CALL_FAILED -> new RunEvent.CallFailed(
        CALL,
        1,
        3,
        FailureKind.SERVER_ERROR,
        500,
        "it broke",
        SPEND,
        ARTIFACTS,
        null
      );
      case CALL_TIMED_OUT -> new RunEvent.CallTimedOut(
        CALL,
        1,
        2,
        AT,
        AT.plusMillis(120),
        RunEvent.Enforcer.WATCHDOG,
        "no answer",
        SPEND,
        ARTIFACTS
      );
      case CALL_CANCELLED -> new RunEvent.CallCancelled(
        CALL,
        1,
        1,
        "the run was cancelled",
        null,
        List.of()
      );
      case CALL_ORPHANED -> new RunEvent.CallOrphaned(
        CALL,
        1,
        "worker-1",
        AT,
        RunEvent.CallOrphaned.Policy.REDISPATCHED
      );
      case CALL_SKIPPED -> new RunEvent.CallSkipped(
        CALL,
        1,
        Phase.GENERATION,
        "order.md",
        MODEL,
        1,
        RunEvent.CallSkipped.Reason.BUDGET,
        "maxPaidCalls is used up",
        null,
        null
      );
    };
  }

  private static RunEvent queued() {
    return new RunEvent.CallQueued(
      CALL,
      1,
      Phase.GENERATION,
      "order.md",
      MODEL,
      1,
      null,
      new Prompt(TEXT, List.of(TEXT)),
      new CallOptions(8000, Demand.ALLOWED, Demand.REQUIRED),
      new CallLimits(Duration.ofMinutes(10), Duration.ofMinutes(5), 3, Duration.ofHours(1))
    );
  }

  private static RunSpec spec() {
    Limits limits = new Limits(
      Duration.ofMinutes(10),
      Duration.ofMinutes(5),
      3,
      Duration.ofHours(1),
      Duration.ofHours(2),
      500,
      Usd.of("5"),
      20,
      Limits.OnWorkerLost.RETRY_ONCE,
      Limits.Priority.NORMAL,
      1
    );
    return new RunSpec(
      "An order",
      List.of(new RunSpec.Document("order.md", TEXT)),
      TEXT,
      new RunSpec.Generation(List.of(new Author(MODEL, 2, 8000, Demand.OFF, Demand.OFF))),
      limits
    );
  }
}
