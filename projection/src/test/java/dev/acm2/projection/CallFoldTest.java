package dev.acm2.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallLimits;
import dev.acm2.contract.CallOptions;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.Prompt;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallFoldTest {

  private static final RunId RUN = Facts.runId(1);
  private static final ModelId MODEL = ModelId.parse("openai:gpt-5.1");
  private static final CallId CALL = CallId.of(RUN, CallPlace.generation("doc-1.md", MODEL, 1));
  private static final CallId OTHER = CallId.of(RUN, CallPlace.generation("doc-1.md", MODEL, 2));
  private static final ArtifactRef TEXT = ArtifactRef.of(new byte[] { 1 }, "text/markdown");

  private final Facts facts = new Facts("test");
  private final RunProjection projection = new RunProjection();
  private long offset;

  @BeforeEach
  void givenARunOfTwoCalls() {
    RunSpec spec = Specs.run(1, 2, MODEL.toString());
    when(
      new RunRequested(spec, List.of(new PlannedCalls(Phase.GENERATION, MODEL, 2)), Facts.START)
    );
    when(queued(CALL, 1));
    when(queued(OTHER, 2));
  }

  /// R11: two failed attempts and a good one.
  @Test
  void shouldShowEveryRetryWithItsReason() {
    when(started(CALL, 1));
    when(retried(CALL, 1, 2));
    when(retried(CALL, 1, 3));
    when(succeeded(CALL, 1, 3));

    assertThat(stats().retries()).isEqualTo(2);
    assertThat(stats().ok()).isEqualTo(1);
    assertThat(stats().failed()).isZero();
    assertThat(stats().attempts()).isEqualTo(3);
    assertThat(call(CALL).retries())
      .extracting(CallView.Retry::attempt, CallView.Retry::cause, CallView.Retry::httpStatus)
      .containsExactly(
        org.assertj.core.groups.Tuple.tuple(2, FailureKind.OVERLOADED, 503),
        org.assertj.core.groups.Tuple.tuple(3, FailureKind.OVERLOADED, 503)
      );
  }

  /// R13: an error is active only while the latest attempt of its own call has failed.
  @Test
  void shouldDemoteTheErrorOfACallThatRecoveredAndOfNoOther() {
    when(started(CALL, 1));
    when(started(OTHER, 1));
    when(retried(CALL, 1, 2));
    when(retried(OTHER, 1, 2));
    assertThat(error(CALL).active()).isTrue();
    when(succeeded(CALL, 1, 2));

    assertThat(error(CALL).active()).isFalse();
    assertThat(error(OTHER).active()).isTrue();
  }

  @Test
  void shouldLetTheFirstEndDecideAndChargeTheLateOne() {
    when(started(CALL, 1));
    when(sweptUp(CALL, 1));
    when(succeeded(CALL, 1, 1));

    assertThat(call(CALL).state()).isEqualTo(CallState.TIMED_OUT);
    assertThat(call(CALL).enforcedBy()).isEqualTo(Enforcer.SWEEPER);
    assertThat(stats().timedOut()).isEqualTo(1);
    assertThat(stats().ok()).isZero();
    assertThat(stats().late()).isEqualTo(1);
    assertThat(stats().costUsd()).isEqualTo(Usd.of("0.01"));
  }

  @Test
  void shouldChargeEveryEpochOnce() {
    when(started(CALL, 1));
    when(orphaned(CALL, 1));
    assertThat(call(CALL).state()).isEqualTo(CallState.QUEUED);
    assertThat(call(CALL).epoch()).isEqualTo(2);
    when(started(CALL, 2));
    when(succeeded(CALL, 1, 1));
    assertThat(call(CALL).state())
      .as("a fenced worker decides nothing")
      .isEqualTo(CallState.IN_FLIGHT);
    when(succeeded(CALL, 2, 1));

    assertThat(call(CALL).state()).isEqualTo(CallState.OK);
    assertThat(stats().costUsd()).isEqualTo(Usd.of("0.02"));
    assertThat(stats().attempts()).isEqualTo(2);
    assertThat(stats().late()).isEqualTo(1);
  }

  @Test
  void shouldCountACallNobodyQueuedAsAnAnomalyOnly() {
    CallId stranger = CallId.of(Facts.runId(9), CallPlace.generation("x", MODEL, 1));
    RunStats before = stats();
    when(started(stranger, 1));

    assertThat(stats()).isEqualTo(before);
    assertThat(run().anomalies()).isEqualTo(1);
  }

  @Test
  void shouldNoticeASecondStartInTheSameEpoch() {
    when(started(CALL, 1));
    when(new CallStarted(CALL, 1, 1, "another-worker", Facts.START));

    assertThat(run().anomalies()).isEqualTo(1);
    assertThat(stats().inFlight()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheFirstOutcomeOfARun() {
    when(new RunFinished(Outcome.CANCELLED, "asked for"));
    when(new RunFinished(Outcome.COMPLETED, "all done"));

    assertThat(run().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run().status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void shouldNotEndACallByARetry() {
    when(started(CALL, 1));
    when(retried(CALL, 1, 2));

    assertThat(call(CALL).state()).isEqualTo(CallState.IN_FLIGHT);
    assertThat(call(CALL).attempt()).isEqualTo(2);
    assertThat(call(CALL).nextAttemptAt()).isEqualTo(facts.now().plusMillis(200));
  }

  /// Some seconds of the life of a failing call: the kind of failure is told, with its attempt.
  @Test
  void shouldTellWhyACallFailed() {
    when(started(CALL, 1));
    when(
      new CallFailed(
        CALL,
        1,
        1,
        FailureKind.EMPTY_OUTPUT,
        200,
        "an empty answer",
        spend(1),
        List.of()
      )
    );

    assertThat(call(CALL).state()).isEqualTo(CallState.FAILED);
    assertThat(error(CALL).kind()).isEqualTo("EMPTY_OUTPUT");
    assertThat(run().phases()).containsExactly(Phase.GENERATION);
  }

  private void when(RunEvent event) {
    projection.apply(
      facts.after(Duration.ofSeconds(1)).stamp(RUN, event),
      new AsOf(1, 0, offset++)
    );
  }

  private RunView run() {
    return Objects.requireNonNull(projection.run());
  }

  private RunStats stats() {
    return run().stats();
  }

  private CallView call(CallId id) {
    return Objects.requireNonNull(projection.call(id));
  }

  private CallView.LastError error(CallId id) {
    return Objects.requireNonNull(call(id).lastError());
  }

  private static CallQueued queued(CallId id, int iteration) {
    return new CallQueued(
      id,
      1,
      Phase.GENERATION,
      "doc-1.md",
      MODEL,
      iteration,
      null,
      new Prompt(TEXT, List.of(TEXT)),
      new CallOptions(100, RunSpec.Demand.OFF, RunSpec.Demand.OFF),
      new CallLimits(Duration.ofMinutes(1), Duration.ofSeconds(30), 3, Duration.ofHours(1))
    );
  }

  private static CallStarted started(CallId id, int epoch) {
    return new CallStarted(id, epoch, 1, "worker-" + epoch, Facts.START.plusSeconds(60));
  }

  private static CallRetried retried(CallId id, int epoch, int next) {
    return new CallRetried(
      id,
      epoch,
      next,
      FailureKind.OVERLOADED,
      503,
      "busy",
      Duration.ofMillis(200),
      Duration.ofSeconds(50),
      new Spend(next - 1, Usage.NONE, Usd.ZERO),
      List.of()
    );
  }

  private static CallSucceeded succeeded(CallId id, int epoch, int attempt) {
    return new CallSucceeded(
      id,
      epoch,
      attempt,
      new CallResult.Document(TEXT, "A text"),
      spend(attempt),
      Evidence.NONE,
      new Timings(Duration.ofMillis(1), Duration.ofMillis(2)),
      List.of()
    );
  }

  private static CallTimedOut sweptUp(CallId id, int epoch) {
    return new CallTimedOut(
      id,
      epoch,
      1,
      Facts.START,
      Facts.START.plusSeconds(2),
      Enforcer.SWEEPER,
      "no end",
      null,
      List.of()
    );
  }

  private static CallOrphaned orphaned(CallId id, int epoch) {
    return new CallOrphaned(
      id,
      epoch,
      "worker-" + epoch,
      Facts.START,
      CallOrphaned.Policy.REDISPATCHED
    );
  }

  private static Spend spend(int attempts) {
    return new Spend(attempts, new Usage(10, 10, 0, 0), Usd.of("0.01"));
  }
}
