package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static dev.acm2.projection.OneRun.JUDGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallOrphaned.Policy;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.CallFacts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the money of one call went for, in attempts.
class CostPartsTest {

  private final OneRun run = new OneRun();

  @Test
  void shouldTellTheGoodAttemptFromThoseBeforeIt() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.retried(1, 3));
    assertParts(0, 0, 2, 0, 0);
    run.happens(CALL.wrote(1, 3));

    assertParts(1, 0, 2, 0, 0);
  }

  @Test
  void shouldTellTheLastAttemptOfAFailedCall() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.failed(1, 2));

    assertParts(0, 1, 1, 0, 0);
  }

  @Test
  void shouldCallItOrphanedWhenTheEpochWasBrokenOff() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    assertParts(0, 0, 1, 0, 0);
    run.happens(CALL.orphaned(1, Policy.REDISPATCHED));
    assertParts(0, 0, 0, 1, 0);
    run.happens(CALL.started(2));
    run.happens(CALL.handedBack(2, 1));
    assertParts(0, 0, 0, 2, 0);
    run.happens(CALL.started(3));
    run.happens(CALL.wrote(3, 1));

    assertParts(1, 0, 0, 2, 0);
  }

  @Test
  void shouldCallItLateWhenALostWorkerAnswers() {
    run.happens(CALL.started(1));
    run.happens(CALL.orphaned(1, Policy.REDISPATCHED));
    run.happens(CALL.started(2));
    run.happens(CALL.wrote(1, 2));

    assertParts(0, 0, 0, 0, 2);
  }

  @Test
  void shouldCallItLateWhenTheAnswerComesAfterTheTimeOut() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.sweptUp(1, 2, Duration.ofSeconds(2)));
    assertParts(0, 0, 1, 0, 0);
    run.happens(CALL.wrote(1, 2));

    assertParts(0, 0, 1, 0, 1);
  }

  @Test
  void shouldNotMoveMoneyWhenACallRunsAgain() {
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.failed(1, 2));
    run.happens(CALL.queued(2));
    run.happens(CALL.started(2));
    run.happens(CALL.retried(2, 2));
    assertParts(0, 1, 2, 0, 0);
    run.happens(CALL.wrote(2, 2));

    assertParts(1, 1, 2, 0, 0);
  }

  /// Also when the new epoch fails: the money for the old answer is spent, and the answer is given up.
  @Test
  void shouldCallItReplacedWhenASuccessIsRunAnew() {
    run.happens(JUDGED.queued(1));
    run.happens(JUDGED.started(1));
    run.happens(JUDGED.retried(1, 2));
    run.happens(JUDGED.answered(1, 2, OneRun.SCORES));
    assertParts(1, 0, 1, 0, 0, 0);
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    run.happens(JUDGED.queued(2));
    assertParts(0, 0, 1, 0, 0, 1);
    run.happens(JUDGED.started(2));
    run.happens(JUDGED.failed(2, 1));
    assertParts(0, 1, 1, 0, 0, 1);
    run.happens(JUDGED.queued(3));
    run.happens(JUDGED.started(3));
    run.happens(JUDGED.answered(3, 1, OneRun.SCORES));

    assertParts(1, 1, 1, 0, 0, 1);
  }

  @Test
  void shouldCallALateAnswerOfAReplacedEpochLate() {
    run.happens(JUDGED.queued(1));
    run.happens(JUDGED.started(1));
    run.happens(JUDGED.answered(1, 1, OneRun.SCORES));
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    run.happens(JUDGED.queued(2));
    run.happens(JUDGED.answered(1, 2, OneRun.SCORES));

    assertParts(0, 0, 0, 0, 2, 0);
  }

  private void assertParts(int succeeded, int failed, int retried, int orphaned, int late) {
    assertParts(succeeded, failed, retried, orphaned, late, 0);
  }

  private void assertParts(
    int succeeded,
    int failed,
    int retried,
    int orphaned,
    int late,
    int replaced
  ) {
    assertThat(run.stats().cost()).isEqualTo(
      new CostParts(
        usd(succeeded),
        usd(failed),
        usd(retried),
        usd(orphaned),
        usd(late),
        usd(replaced)
      )
    );
    assertThat(run.stats().cost().sum()).isEqualTo(run.stats().costUsd());
  }

  private static Usd usd(int attempts) {
    return CallFacts.ATTEMPT_COST.times(attempts);
  }
}
