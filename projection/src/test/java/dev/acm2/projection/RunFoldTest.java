package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.projection.RunView.RunStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is asked of a whole run.
class RunFoldTest {

  private static final RunPauseRequested PAUSE = new RunPauseRequested("wait");
  private static final RunResumeRequested RESUME = new RunResumeRequested("go on");
  private static final RunFinished FINISHED = new RunFinished(Outcome.FAILED, "nothing worked");
  private static final Instant LATER = OneRun.DEADLINE.plusSeconds(60);

  private final OneRun run = new OneRun();

  @Test
  void shouldBePausedUntilItIsResumed() {
    run.happens(PAUSE);
    assertThat(status()).isEqualTo(RunStatus.PAUSED);
    run.happens(RESUME);
    assertThat(status()).as("no call has started").isEqualTo(RunStatus.REQUESTED);
    run.happens(PAUSE);
    run.happens(CALL.started(1));
    assertThat(status()).as("calls in flight go on").isEqualTo(RunStatus.PAUSED);
    run.happens(RESUME);

    assertThat(status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void shouldNotPauseWhatIsBeingCancelledOrHasEnded() {
    run.happens(new RunCancelRequested("enough"));
    run.happens(PAUSE);
    assertThat(status()).isEqualTo(RunStatus.CANCELLING);
    run.happens(RESUME);
    assertThat(status()).isEqualTo(RunStatus.CANCELLING);
    run.happens(FINISHED);
    run.happens(PAUSE);

    assertThat(status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void shouldEndAPauseByACancel() {
    run.happens(PAUSE);
    run.happens(new RunCancelRequested("enough"));

    assertThat(status()).isEqualTo(RunStatus.CANCELLING);
  }

  @Test
  void shouldOpenAFinishedRunAgain() {
    run.happens(PAUSE);
    fail();
    run.happens(FINISHED);
    run.happens(retry(600, null, LATER));
    assertThat(status())
      .as("nobody knows yet whether a call is meant")
      .isEqualTo(RunStatus.FINISHED);
    run.happens(CALL.queued(2));

    assertThat(status()).as("not paused any more").isEqualTo(RunStatus.RUNNING);
    assertThat(run.run().outcome()).isNull();
    assertThat(run.run().message()).isNull();
    assertThat(run.run().finishedAt()).isNull();
    assertThat(run.run().deadlineAt()).isEqualTo(LATER);
    assertThat(spec().limits().maxPaidCalls()).isEqualTo(600);
    run.happens(new RunFinished(Outcome.COMPLETED, "all done"));
    assertThat(run.run().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  /// Whoever asked could not know that the run was about to end.
  @Test
  void shouldGoOnWhenTheRequestCameBeforeTheEnd() {
    fail();
    Instant sooner = OneRun.DEADLINE.minusSeconds(60);
    run.happens(retry(null, null, sooner));
    run.happens(FINISHED);
    RecordedEvent queued = run.happens(CALL.queued(2));

    assertThat(status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.run().deadlineAt()).as("a finished run may end sooner").isEqualTo(sooner);
    run.happens(CALL.started(2));
    run.happens(CALL.wrote(2, 1));
    run.happens(new RunFinished(Outcome.COMPLETED, "all done"));
    run.again(queued);
    assertThat(run.run().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void shouldStayFinishedWhenNoCallIsMeant() {
    fail();
    run.happens(FINISHED);
    run.happens(retry(null, null, LATER));

    assertThat(status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.run().outcome()).isEqualTo(Outcome.FAILED);
    run.happens(new RunFinished(Outcome.COMPLETED_WITH_ERRORS, "looked through again"));
    assertThat(run.run().outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
  }

  @Test
  void shouldHoldTheRunThatGoesOnWhenThatWasAskedMeanwhile() {
    fail();
    run.happens(FINISHED);
    run.happens(retry(null, null, LATER));
    run.happens(PAUSE);
    run.happens(CALL.queued(2));

    assertThat(status()).isEqualTo(RunStatus.PAUSED);
  }

  @Test
  void shouldNotHoldTheRunThatGoesOnWhenItWasResumedMeanwhile() {
    fail();
    run.happens(FINISHED);
    run.happens(retry(null, null, LATER));
    run.happens(PAUSE);
    run.happens(RESUME);
    run.happens(CALL.queued(2));

    assertThat(status()).isEqualTo(RunStatus.RUNNING);
  }

  /// It has been at work before, although no call of it has ever started.
  @Test
  void shouldRunAgainWhenAReopenedRunIsResumed() {
    fail();
    run.happens(FINISHED);
    run.happens(retry(null, null, LATER));
    run.happens(CALL.queued(2));
    run.happens(PAUSE);
    run.happens(RESUME);

    assertThat(status()).isEqualTo(RunStatus.RUNNING);
  }

  /// R17: nothing is done again that has succeeded, whoever says so.
  @Test
  void shouldNotBeOpenedByACallThatHasSucceeded() {
    run.happens(CALL.started(1));
    run.happens(CALL.wrote(1, 1));
    run.happens(FINISHED);
    run.happens(retry(null, null, LATER));
    run.happens(CALL.queued(2));

    assertThat(status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.run().anomalies()).isEqualTo(1);
  }

  @Test
  void shouldEndTheRunThatGoesOnWhenThatWasAskedMeanwhile() {
    fail();
    run.happens(FINISHED);
    run.happens(retry(null, null, LATER));
    run.happens(new RunCancelRequested("no, do not"));
    run.happens(CALL.queued(2));

    assertThat(status()).isEqualTo(RunStatus.CANCELLING);
  }

  /// The projector keeps the view without the spec.
  @Test
  void shouldShowTheRaisedLimitsInASpecThatIsAttachedLater() {
    RunSpec requested = spec();
    run.happens(retry(600, null, LATER));
    RunView stored = run.run().withSpec(null);

    assertThat(stored.spec()).isNull();
    assertThat(stored.limits().maxPaidCalls()).isEqualTo(600);
    assertThat(stored.withSpec(requested)).isEqualTo(run.run());
  }

  @Test
  void shouldStayPausedWhenCallsOfItAreRunAgain() {
    run.happens(PAUSE);
    run.happens(retry(null, Usd.of("7.5"), OneRun.DEADLINE.minusSeconds(60)));

    assertThat(status()).isEqualTo(RunStatus.PAUSED);
    assertThat(run.run().deadlineAt()).as("the later one").isEqualTo(OneRun.DEADLINE);
    assertThat(spec().limits().maxCostUsd()).isEqualTo(Usd.of("7.5"));
  }

  @Test
  void shouldNotGiveMoreTimeToARunThatIsBeingStopped() {
    run.happens(new RunCancelRequested("enough"));
    run.happens(retry(null, null, LATER));

    assertThat(run.run().deadlineAt()).isEqualTo(OneRun.DEADLINE);
  }

  @Test
  void shouldNotBeMovedByCopiesOfWhatWasAskedBefore() {
    RecordedEvent pause = run.happens(PAUSE);
    RecordedEvent resume = run.happens(RESUME);
    run.again(pause);
    assertThat(status()).isEqualTo(RunStatus.REQUESTED);
    fail();
    RecordedEvent cancel = run.happens(new RunCancelRequested("enough"));
    RecordedEvent finished = run.happens(FINISHED);
    RecordedEvent retry = run.happens(retry(null, null, LATER));
    RecordedEvent queued = run.happens(CALL.queued(2));
    run.again(finished);
    run.again(cancel);
    assertThat(status()).isEqualTo(RunStatus.RUNNING);
    run.happens(CALL.failed(2, 0));
    run.happens(FINISHED);
    run.again(retry);
    run.again(queued);
    run.again(resume);

    assertThat(status()).isEqualTo(RunStatus.FINISHED);
  }

  @Test
  void shouldListWhatWasAsked() {
    run.happens(PAUSE);
    run.happens(FINISHED);

    assertThat(run.run().actions())
      .extracting(RunView.Action::type, RunView.Action::reason)
      .containsExactly(
        tuple("run-pause-requested", "wait"),
        tuple("run-finished", "nothing worked")
      );
  }

  private void fail() {
    run.happens(CALL.failed(1, 0));
  }

  private static RunRetryRequested retry(
    @Nullable Integer maxPaidCalls,
    @Nullable Usd maxCostUsd,
    Instant deadlineAt
  ) {
    return new RunRetryRequested(null, maxPaidCalls, maxCostUsd, deadlineAt, "once more", null);
  }

  private RunStatus status() {
    return run.run().status();
  }

  private RunSpec spec() {
    return Objects.requireNonNull(run.run().spec());
  }
}
