package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static dev.acm2.projection.OneRun.JUDGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallOrphaned.Policy;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.projection.CallView.Epoch;
import dev.acm2.projection.CallView.EpochEnd;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When a call waited and ran in epochs that are over. Events are a second apart, and the call was queued
/// by the second one.
class EarlierEpochsTest {

  private final OneRun run = new OneRun();

  @Test
  void shouldKeepTheTimesOfALostEpochAndWaitSinceItWasLost() {
    run.happens(CALL.dispatched(1));
    run.happens(CALL.started(1));
    run.happens(CALL.retried(1, 2));
    run.happens(CALL.orphaned(1, Policy.REDISPATCHED));

    assertThat(run.call().earlier()).containsExactly(
      new Epoch(1, "worker-1", second(2), second(4), second(5), second(7), EpochEnd.LOST, null)
    );
    assertThat(run.call().queuedAt()).isEqualTo(second(7));
    assertThat(run.call().dispatchedAt()).isNull();
    run.happens(CALL.dispatched(2));
    run.happens(CALL.started(2));
    assertThat(run.call().dispatchedAt()).isEqualTo(second(8));
    assertThat(run.call().earlier()).hasSize(1);
  }

  @Test
  void shouldKeepTheTimesOfWhatWasGivenBack() {
    run.happens(CALL.started(1));
    run.happens(CALL.handedBack(1, 0));

    assertThat(run.call().earlier()).containsExactly(
      new Epoch(1, "worker-1", second(2), null, second(4), second(5), EpochEnd.HANDED_BACK, null)
    );
    assertThat(run.call().queuedAt()).isEqualTo(second(5));
  }

  /// Between its end and the request nobody waited for it.
  @Test
  void shouldWaitSinceSomebodyAskedForItAgain() {
    run.happens(CALL.started(1));
    run.happens(CALL.failed(1, 1));
    run.happens(new RunFinished(Outcome.FAILED, "nothing worked"));
    run.happens(CALL.queued(2));

    Epoch over = run.call().earlier().getLast();
    assertThat(over.end()).isEqualTo(EpochEnd.FAILED);
    assertThat(over.cause()).isEqualTo("SERVER_ERROR");
    assertThat(over.endedAt()).isEqualTo(second(5));
    assertThat(run.call().queuedAt()).isEqualTo(second(7));
  }

  @Test
  void shouldTellThatASuccessWasReplaced() {
    run.happens(JUDGED.queued(1));
    run.happens(JUDGED.started(1));
    run.happens(JUDGED.retried(1, 2));
    run.happens(JUDGED.answered(1, 2, OneRun.SCORES));
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    run.happens(JUDGED.queued(2));

    Epoch over = run.call(JUDGED).earlier().getLast();
    assertThat(over.end()).isEqualTo(EpochEnd.OK);
    assertThat(over.cause()).as("it had recovered").isNull();
  }

  @Test
  void shouldNotWaitAgainWhenItIsSkippedInstead() {
    run.happens(CALL.started(1));
    run.happens(CALL.timedOut(1, 1, Duration.ofMillis(180)));
    run.happens(CALL.skipped(2, Reason.DEPENDENCY_FAILED, null));

    assertThat(run.call().earlier()).extracting(Epoch::end).containsExactly(EpochEnd.TIMED_OUT);
    assertThat(run.call().queuedAt()).isNull();
    assertThat(run.call().finishedAt()).isEqualTo(second(6));
  }

  /// Its answer is late, and it was over when it was lost.
  @Test
  void shouldNotBeMovedByCopiesNorByWhatALostWorkerStillSays() {
    RecordedEvent queued = run.happens(CALL.queued(1));
    run.happens(CALL.started(1));
    RecordedEvent lost = run.happens(CALL.orphaned(1, Policy.REDISPATCHED));
    CallView waiting = run.call();
    run.again(lost);
    run.again(queued);
    assertThat(run.call()).isSameAs(waiting);
    run.happens(CALL.handedBack(1, 1));
    run.happens(CALL.wrote(1, 1));

    assertThat(run.call().earlier()).isEqualTo(waiting.earlier());
    assertThat(run.call().queuedAt()).isEqualTo(waiting.queuedAt());
  }

  @Test
  void shouldForgetTheOldestOfVeryMany() {
    int epochs = CallView.EARLIER_SHOWN + 5;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      run.happens(CALL.started(epoch));
      run.happens(CALL.handedBack(epoch, 1));
    }

    assertThat(run.call().earlier())
      .extracting(Epoch::epoch)
      .containsExactlyElementsOf(IntStream.rangeClosed(6, epochs).boxed().toList());
  }

  private static Instant second(int number) {
    return Facts.START.plusSeconds(number);
  }
}
