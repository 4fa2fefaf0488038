package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallOrphaned.Policy;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.CallFacts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Epochs of a call: given back, opened again, told by progress.
class CallEpochTest {

  private final OneRun run = new OneRun();

  @Test
  void shouldWaitInTheNextEpochWhenItIsGivenBack() {
    run.happens(CALL.dispatched(1));
    run.happens(CALL.started(1));
    run.happens(CALL.handedBack(1, 1));

    assertThat(run.call().state()).isEqualTo(CallState.QUEUED);
    assertThat(run.call().epoch()).isEqualTo(2);
    assertThat(run.call().attempt()).isZero();
    assertThat(run.call().reservedUsd()).isEqualTo(Usd.ZERO);
    assertThat(run.error(CALL).kind()).isEqualTo("HANDED_BACK");
    assertThat(run.error(CALL).attempt()).isEqualTo(1);
    assertThat(run.error(CALL).active()).isTrue();
    assertThat(run.stats().costUsd()).isEqualTo(CallFacts.ATTEMPT_COST);
    assertThat(run.stats().queued()).isEqualTo(2);
  }

  /// The worker took it, sent nothing and gave it back.
  @Test
  void shouldNotCountARequestThatWasNeverSent() {
    run.happens(CALL.started(1));
    assertThat(run.stats().attempts()).isEqualTo(1);
    run.happens(CALL.handedBack(1, 0));

    assertThat(run.stats().attempts()).isZero();
  }

  @Test
  void shouldRecoverFromBeingGivenBack() {
    run.happens(CALL.started(1));
    RecordedEvent handedBack = run.happens(CALL.handedBack(1, 1));
    run.happens(CALL.started(2));
    run.happens(CALL.wrote(2, 1));
    run.again(handedBack);

    assertThat(run.call().state()).isEqualTo(CallState.OK);
    assertThat(run.error(CALL).active()).isFalse();
  }

  @Test
  void shouldOpenAFailedCallAgainAndKeepWhatItSpent() {
    run.happens(CALL.started(1));
    RecordedEvent failed = run.happens(CALL.failed(1, 1));
    run.happens(CALL.queued(2));
    run.again(failed);

    assertThat(run.call().state()).isEqualTo(CallState.QUEUED);
    assertThat(run.call().finishedAt()).isNull();
    assertThat(run.call().endedBy()).isNull();
    assertThat(run.call().earlierEnds()).containsEntry(1, failed.meta().eventId());
    assertThat(run.call().late()).as("a copy is not late").isEmpty();
    assertThat(run.stats().failed()).isZero();
    assertThat(run.stats().cost().failedUsd()).isEqualTo(CallFacts.ATTEMPT_COST);
  }

  /// R17: a success is never lost.
  @Test
  void shouldNotOpenASuccessAgain() {
    run.happens(CALL.started(1));
    run.happens(CALL.wrote(1, 1));
    run.happens(CALL.queued(2));

    assertThat(run.call().state()).isEqualTo(CallState.OK);
    assertThat(run.run().anomalies()).isEqualTo(1);
  }

  @Test
  void shouldShowTheLatestProgressOfTheAttemptUnderWay() {
    run.happens(CALL.started(1));
    RecordedEvent first = run.happens(CALL.progressed(1, 1, 0.25));
    run.happens(CALL.progressed(1, 1, 0.5));
    run.again(first);

    assertThat(run.call().progress()).isEqualTo(new CallView.Progress("receiving", 0.5, run.now()));
    run.happens(CALL.retried(1, 2));
    assertThat(run.call().progress()).isNull();
    run.happens(CALL.progressed(1, 1, 0.9));
    assertThat(run.call().progress()).as("of an attempt that is over").isNull();
    run.happens(CALL.progressed(1, 2, 0.1));
    assertThat(run.call().progress()).isNotNull();
    run.happens(CALL.wrote(1, 2));
    assertThat(run.call().progress()).isNull();
  }

  @Test
  void shouldShowNoProgressOfAWorkerThatIsGone() {
    run.happens(CALL.started(1));
    run.happens(CALL.progressed(1, 1, 0.5));
    run.happens(CALL.handedBack(1, 1));
    assertThat(run.call().progress()).isNull();
    run.happens(CALL.started(2));
    run.happens(CALL.progressed(2, 1, 0.5));
    run.happens(CALL.orphaned(2, Policy.FAILED));

    assertThat(run.call().state())
      .as("until it is told to have failed")
      .isEqualTo(CallState.IN_FLIGHT);
    assertThat(run.call().progress()).isNull();
  }

  @Test
  void shouldHoldMoneyFromTheReleaseToTheEnd() {
    run.happens(CALL.dispatched(1));
    assertThat(run.stats().reservedUsd()).isEqualTo(CallFacts.RESERVATION);
    run.happens(CALL.started(1));
    assertThat(run.call().reservedUsd()).isEqualTo(CallFacts.RESERVATION);
    run.happens(CALL.wrote(1, 1));
    assertThat(run.stats().reservedUsd()).isEqualTo(Usd.ZERO);
  }

  @Test
  void shouldTellWhatASkippedCallSavedAndWhatItWasAbout() {
    CallId first = OneRun.facts(1).id();
    CallFacts judged = new CallFacts(
      OneRun.RUN,
      new CallPlace(Phase.SINGLE_EVAL, "doc-1.md", OneRun.MODEL, 1, first.value())
    );
    run.happens(judged.skipped(1, Reason.SETTLED, Usd.of("0.004")));

    assertThat(run.call(judged).subject()).isEqualTo(first.value());
    assertThat(run.stats().savedUsd()).isEqualTo(Usd.of("0.004"));
    run.happens(judged.queued(2));
    assertThat(run.stats().savedUsd()).isEqualTo(Usd.ZERO);
  }

  @Test
  void shouldKeepWhatAJudgeSaid() {
    run.happens(CALL.started(1));
    run.happens(CALL.answered(1, 1, OneRun.SCORES));

    assertThat(run.call().result()).isEqualTo(OneRun.SCORES);
    assertThat(run.call().output()).isNull();
  }

  @Test
  void shouldNameTheDocumentThatACallMade() {
    run.happens(CALL.started(1));
    run.happens(CALL.wrote(1, 1));

    assertThat(run.call().output()).isEqualTo(CALL.output(1, 1));
    assertThat(run.call().preview()).isEqualTo("A text");
    assertThat(run.call().result()).isNull();
  }

  /// A bound holds what is exactly as long.
  @Test
  void shouldFileTheOvershootUnderItsBound() {
    run.happens(CALL.started(1));
    run.happens(CALL.timedOut(1, 1, Duration.ofMillis(200)));
    run.happens(OneRun.OTHER.started(1));
    run.happens(OneRun.OTHER.timedOut(1, 1, Duration.ofMillis(20_000)));

    assertThat(run.stats().overshoot().calls()).containsOnly(
      entry(200, 1),
      entry(Integer.MAX_VALUE, 1)
    );
  }

  @Test
  void shouldForgetATimeOutWhenTheCallRunsAgain() {
    run.happens(CALL.started(1));
    run.happens(CALL.timedOut(1, 1, Duration.ofMillis(180)));
    run.happens(CALL.queued(2));

    assertThat(run.call().enforcedBy()).isNull();
    assertThat(run.call().enforcedAt()).isNull();
    assertThat(run.call().deadlineAt()).isNull();
    assertThat(run.stats().overshoot()).isEqualTo(Overshoot.NONE);
  }

  /// Whoever enforced the deadline says which one; nobody had to have seen the start.
  @Test
  void shouldMeasureTheOvershootByTheDeadlineThatWasEnforced() {
    run.happens(CALL.timedOut(1, 0, Duration.ofMillis(180)));

    assertThat(run.call().deadlineAt()).isEqualTo(CallFacts.DEADLINE);
    assertThat(run.stats().overshoot().calls()).containsOnly(entry(200, 1));
  }

  /// A worker that lags behind tells less than is known.
  @Test
  void shouldNeverShrinkWhatWasSpent() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.failed(1, 2));
    run.happens(CALL.cancelled(1, 1));

    assertThat(run.stats().attempts()).isEqualTo(2);
    assertThat(run.stats().costUsd()).isEqualTo(CallFacts.ATTEMPT_COST.times(2));
  }

  @Test
  void shouldKeepTheOldEpochFromDecidingAfterAWorkerWasLost() {
    run.happens(CALL.started(1));
    run.happens(CALL.orphaned(1, Policy.REDISPATCHED));
    run.happens(CALL.handedBack(1, 1));

    assertThat(run.call().epoch()).isEqualTo(2);
    assertThat(run.error(CALL).kind()).isEqualTo("WORKER_LOST");
  }
}
