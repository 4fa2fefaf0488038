package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static dev.acm2.projection.OneRun.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned.Policy;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.testkit.CallFacts;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallFoldTest {

  private final OneRun run = new OneRun();

  /// R11: two failed attempts and a good one.
  @Test
  void shouldShowEveryRetryWithItsReason() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.retried(1, 3));
    run.happens(CALL.wrote(1, 3));

    assertThat(run.stats().retries()).isEqualTo(2);
    assertThat(run.stats().ok()).isEqualTo(1);
    assertThat(run.stats().failed()).isZero();
    assertThat(run.stats().attempts()).isEqualTo(3);
    assertThat(run.call(CALL).retries())
      .extracting(CallView.Retry::attempt, CallView.Retry::cause, CallView.Retry::httpStatus)
      .containsExactly(
        tuple(2, FailureKind.OVERLOADED, 503),
        tuple(3, FailureKind.OVERLOADED, 503)
      );
  }

  /// R13: an error is active only while the latest attempt of its own call has failed.
  @Test
  void shouldDemoteTheErrorOfACallThatRecoveredAndOfNoOther() {
    run.happens(CALL.started(1));
    run.happens(OTHER.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(OTHER.retried(1, 2));
    assertThat(run.error(CALL).active()).isTrue();
    run.happens(CALL.wrote(1, 2));

    assertThat(run.error(CALL).active()).isFalse();
    assertThat(run.error(OTHER).active()).isTrue();
  }

  @Test
  void shouldLetTheFirstEndDecideAndChargeTheLateOne() {
    run.happens(CALL.started(1));
    run.happens(CALL.sweptUp(1, 1, Duration.ofMillis(1200)));
    run.happens(CALL.wrote(1, 1));

    assertThat(run.call(CALL).state()).isEqualTo(CallState.TIMED_OUT);
    assertThat(run.call(CALL).enforcedBy()).isEqualTo(Enforcer.SWEEPER);
    assertThat(run.stats().timedOut()).isEqualTo(1);
    assertThat(run.stats().ok()).isZero();
    assertThat(run.stats().late()).isEqualTo(1);
    assertThat(run.stats().costUsd()).isEqualTo(CallFacts.ATTEMPT_COST);
  }

  @Test
  void shouldChargeEveryEpochOnce() {
    run.happens(CALL.started(1));
    run.happens(CALL.orphaned(1, Policy.REDISPATCHED));
    assertThat(run.call(CALL).state()).isEqualTo(CallState.QUEUED);
    assertThat(run.call(CALL).epoch()).isEqualTo(2);
    run.happens(CALL.started(2));
    run.happens(CALL.wrote(1, 1));
    assertThat(run.call(CALL).state())
      .as("a fenced worker decides nothing")
      .isEqualTo(CallState.IN_FLIGHT);
    run.happens(CALL.wrote(2, 1));

    assertThat(run.call(CALL).state()).isEqualTo(CallState.OK);
    assertThat(run.stats().costUsd()).isEqualTo(CallFacts.ATTEMPT_COST.times(2));
    assertThat(run.stats().attempts()).isEqualTo(2);
    assertThat(run.stats().late()).isEqualTo(1);
  }

  @Test
  void shouldCountACallNobodyQueuedAsAnAnomalyOnly() {
    CallFacts stranger = OneRun.facts(3);
    RunStats before = run.stats();
    run.happens(stranger.started(1));

    assertThat(run.stats()).isEqualTo(before);
    assertThat(run.run().anomalies()).isEqualTo(1);
  }

  @Test
  void shouldNoticeASecondStartInTheSameEpoch() {
    run.happens(CALL.started(1));
    run.happens(new CallStarted(CALL.id(), 1, 1, "another-worker", Facts.START));

    assertThat(run.run().anomalies()).isEqualTo(1);
    assertThat(run.stats().inFlight()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheFirstOutcomeOfARun() {
    run.happens(new RunFinished(Outcome.CANCELLED, "asked for"));
    run.happens(new RunFinished(Outcome.COMPLETED, "all done"));

    assertThat(run.run().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.run().status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void shouldNotEndACallByARetry() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));

    assertThat(run.call(CALL).state()).isEqualTo(CallState.IN_FLIGHT);
    assertThat(run.call(CALL).attempt()).isEqualTo(2);
    assertThat(run.call(CALL).nextAttemptAt()).isEqualTo(run.now().plusMillis(200));
  }

  /// From the failure on, through the pause and the next attempt, to the end: then nobody tries any more.
  @Test
  void shouldCountWhatIsBeingRetriedNow() {
    run.happens(CALL.started(1));
    run.happens(OTHER.started(1));
    assertThat(run.stats().retrying()).isZero();
    run.happens(CALL.retried(1, 2));
    assertThat(run.stats().retrying()).isEqualTo(1);
    run.happens(CALL.progressed(1, 2, 0.5));
    run.happens(OTHER.wrote(1, 1));
    assertThat(run.stats().retrying()).isEqualTo(1);
    assertThat(run.stats().balanced()).isTrue();
    run.happens(CALL.orphaned(1, Policy.REDISPATCHED));
    assertThat(run.stats().retrying()).as("it waits for another worker").isZero();
    run.happens(CALL.started(2));
    assertThat(run.stats().retrying()).as("its epoch has just begun").isZero();
    assertThat(run.stats().retries()).isEqualTo(1);
  }

  /// Some seconds of the life of a failing call: the kind of failure is told, with its attempt.
  @Test
  void shouldTellWhyACallFailed() {
    run.happens(CALL.started(1));
    run.happens(
      new CallFailed(
        CALL.id(),
        1,
        1,
        FailureKind.EMPTY_OUTPUT,
        200,
        "an empty answer",
        CallFacts.spend(1),
        List.of(),
        null
      )
    );

    assertThat(run.call(CALL).state()).isEqualTo(CallState.FAILED);
    assertThat(run.error(CALL).kind()).isEqualTo("EMPTY_OUTPUT");
    assertThat(run.run().phases()).containsExactly(Phase.GENERATION);
  }
}
