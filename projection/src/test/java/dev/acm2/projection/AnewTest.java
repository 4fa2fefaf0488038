package dev.acm2.projection;

import static dev.acm2.projection.OneRun.CALL;
import static dev.acm2.projection.OneRun.JUDGED;
import static dev.acm2.projection.OneRun.SCORES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.projection.RunView.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A phase of a run is run anew, its successes too.
class AnewTest {

  private static final CallResult.Scores OTHERS = new CallResult.Scores(
    List.of(new CallResult.Score("clarity", 1, "hard to read"))
  );

  private final OneRun run = new OneRun();
  private final RecordedEvent first;

  AnewTest() {
    run.happens(CALL.started(1));
    run.happens(CALL.wrote(1, 1));
    run.happens(JUDGED.queued(1));
    run.happens(JUDGED.started(1));
    first = run.happens(JUDGED.answered(1, 1, SCORES));
    run.happens(new RunFinished(Outcome.COMPLETED, "all done"));
  }

  @Test
  void shouldGiveUpWhatTheCallHadGiven() {
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    assertThat(run.call(JUDGED).result()).as("nobody knows yet what is run").isEqualTo(SCORES);
    run.happens(JUDGED.queued(2));
    run.again(first);

    assertThat(run.call(JUDGED).state()).isEqualTo(CallState.QUEUED);
    assertThat(run.call(JUDGED).result()).isNull();
    assertThat(run.call(JUDGED).finishedAt()).isNull();
    assertThat(run.call(JUDGED).replacedEpochs()).containsExactly(1);
    assertThat(run.call(JUDGED).earlierEnds()).containsEntry(1, first.meta().eventId());
    assertThat(run.call(JUDGED).artifacts()).as("its history stays").isNotEmpty();
    assertThat(run.call(JUDGED).late()).isEmpty();
    run.happens(JUDGED.started(2));
    run.happens(JUDGED.answered(2, 1, OTHERS));
    assertThat(run.call(JUDGED).result()).isEqualTo(OTHERS);
    assertThat(run.run().anomalies()).isZero();
  }

  @Test
  void shouldOpenTheRunAgain() {
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    run.happens(JUDGED.queued(2));

    assertThat(run.run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.run().outcome()).isNull();
    assertThat(run.run().deadlineAt()).isEqualTo(OneRun.DEADLINE.plusSeconds(60));
    assertThat(run.run().actions().getLast().from()).isEqualTo(Phase.SINGLE_EVAL);
  }

  /// R17: what the phases before it gave is kept, whoever says otherwise.
  @Test
  void shouldKeepWhatEarlierPhasesGave() {
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    run.happens(CALL.queued(2));

    assertThat(run.call().state()).isEqualTo(CallState.OK);
    assertThat(run.call().output()).isEqualTo(CALL.output(1, 1));
    assertThat(run.run().anomalies()).isEqualTo(1);
  }

  @Test
  void shouldKeepASuccessWhenOnlyALaterPhaseIsRunAnew() {
    run.happens(OneRun.anew(Phase.PAIRWISE));
    run.happens(JUDGED.queued(2));
    run.happens(JUDGED.skipped(2, Reason.DEPENDENCY_FAILED, null));

    assertThat(run.call(JUDGED).result()).isEqualTo(SCORES);
    assertThat(run.call(JUDGED).replacedEpochs()).isEmpty();
    assertThat(run.run().status()).isEqualTo(RunStatus.FINISHED);
  }

  /// What it would work on was not made this time: its old answer is about something that is gone.
  @Test
  void shouldGiveUpASuccessThatIsSkippedThisTime() {
    run.happens(OneRun.anew(Phase.SINGLE_EVAL));
    run.happens(JUDGED.skipped(2, Reason.DEPENDENCY_FAILED, null));

    assertThat(run.call(JUDGED).state()).isEqualTo(CallState.SKIPPED);
    assertThat(run.call(JUDGED).epoch()).isEqualTo(2);
    assertThat(run.call(JUDGED).result()).isNull();
    assertThat(run.call(JUDGED).replacedEpochs()).containsExactly(1);
    assertThat(run.call(JUDGED).late()).isEmpty();
  }

  /// It ends the epoch that it names, as a call that was queued for that epoch would end.
  @Test
  void shouldSkipACallAgainThatHadFailed() {
    run.happens(OneRun.OTHER.failed(1, 0));
    run.happens(OneRun.OTHER.skipped(2, Reason.DEPENDENCY_FAILED, null));

    assertThat(run.call(OneRun.OTHER).state()).isEqualTo(CallState.SKIPPED);
    assertThat(run.call(OneRun.OTHER).earlierEnds()).containsOnlyKeys(1);
    assertThat(run.call(OneRun.OTHER).replacedEpochs()).isEmpty();
    assertThat(run.call(OneRun.OTHER).late()).isEmpty();
  }
}
