package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.Spend;
import dev.acm2.eventlog.RunLog.Entry;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelCheckTest {

  private static final Duration SOON = Duration.ofMillis(900);
  private static final Duration LATE = Duration.ofMillis(5100);

  private final Story story = new Story(Facts.runId(1), 2);

  @Test
  void shouldFindNothingWrongWithAPromptCancel() {
    story.started(1, 1).tell(new RunCancelRequested("enough")).after(SOON).started(2, 1);
    cancelled(1, 1).tell(skipped()).finished(Outcome.CANCELLED);

    // a call that was started in time ends in time as well
    cancelled(2, 1);
    assertThat(violations()).isEmpty();
  }

  @Test
  void shouldFindACallThatWasStartedAfterTheCancel() {
    story.tell(new RunCancelRequested("enough")).after(Duration.ofMillis(1001)).started(1, 1);

    assertThat(violations()).singleElement().asString().contains("after its cancel");
  }

  @Test
  void shouldFindACallThatEndedTooLate() {
    story.started(1, 1).tell(new RunCancelRequested("enough")).after(LATE);
    cancelled(1, 1);

    assertThat(violations()).singleElement().asString().contains("ended only at");
  }

  @Test
  void shouldFindACallThatDidNotEnd() {
    story.started(1, 1).tell(new RunCancelRequested("enough")).after(LATE).tell(skipped());

    assertThat(violations()).singleElement().asString().contains("has not ended");
  }

  @Test
  void shouldFindAnotherOutcome() {
    story.tell(new RunCancelRequested("enough")).tell(skipped()).finished(Outcome.COMPLETED);

    assertThat(violations()).singleElement().asString().contains("ended as COMPLETED");
  }

  @Test
  void shouldNotLookAtCallsWhoseWorkerWasLostOrLeft() {
    story.started(1, 1).started(2, 1).tell(new RunCancelRequested("enough"));
    story
      .tell(new CallOrphaned(story.call(1), 1, "w", Facts.START, CallOrphaned.Policy.REDISPATCHED))
      .handedBack(2, 1, 1)
      .after(LATE)
      .tell(skipped());

    assertThat(violations()).isEmpty();
  }

  @Test
  void shouldHoldForOneCallAlone() {
    story.started(1, 1).started(2, 1);
    story
      .tell(new CallCancelRequested(story.call(1), "enough"))
      .after(LATE)
      .succeeded(2, 1);

    // then the other call may go on
    assertThat(violations())
      .singleElement()
      .asString()
      .contains("" + story.call(1));
  }

  @Test
  void shouldLetAReopenedRunStartCalls() {
    story.started(1, 1).tell(new RunCancelRequested("enough"));
    cancelled(1, 1).tell(skipped()).finished(Outcome.CANCELLED);
    story
      .after(Duration.ofHours(1))
      .tell(retry())
      .queued(1, 2)
      .queued(2, 2)
      .started(1, 2)
      .started(2, 2)
      .after(LATE)
      .succeeded(1, 2)
      .succeeded(2, 2)
      .finished(Outcome.COMPLETED);

    assertThat(violations()).isEmpty();
  }

  @Test
  void shouldLetARunGoOnThatWasAskedToBeforeItsEndWasRead() {
    // given somebody who saw the last call end and was quicker than the end of the run
    story.started(1, 1).tell(new RunCancelRequested("enough"));
    cancelled(1, 1).tell(skipped()).tell(retry()).finished(Outcome.CANCELLED);

    // when
    story
      .after(LATE)
      .queued(1, 2)
      .started(1, 2)
      .after(LATE)
      .succeeded(1, 2)
      .finished(Outcome.COMPLETED_WITH_ERRORS);

    // then
    assertThat(violations()).isEmpty();
  }

  @Test
  void shouldHoldForACancelThatCameAfterTheRequestToGoOn() {
    // given a second cancel between the request and what it opens
    story.started(1, 1).tell(new RunCancelRequested("enough"));
    cancelled(1, 1).tell(skipped()).finished(Outcome.CANCELLED);
    story.tell(retry()).tell(new RunCancelRequested("enough again")).queued(1, 2);

    // when
    story.after(Duration.ofMillis(1001)).started(1, 2);

    // then
    assertThat(violations()).singleElement().asString().contains("after its cancel");
  }

  @Test
  void shouldNotTakeACopyOfAReleaseForARunThatGoesOn() {
    // given
    story.started(1, 1).failed(1, 1).tell(retry()).queued(1, 2).started(1, 2);
    story.tell(new RunCancelRequested("enough"));
    cancelled(1, 2).tell(skipped()).finished(Outcome.CANCELLED).queued(1, 2);

    // when
    story.after(Duration.ofMillis(1001)).started(1, 3);

    // then
    assertThat(violations()).singleElement().asString().contains("after its cancel");
  }

  @Test
  void shouldLetACallThatIsQueuedAgainStart() {
    story.started(1, 1).tell(new CallCancelRequested(story.call(1), "enough"));
    cancelled(1, 1)
      .after(LATE)
      .tell(new RunRetryRequested(List.of(story.call(1)), null, null, Facts.START, "again", null))
      .queued(1, 2)
      .started(1, 2)
      .after(LATE)
      .succeeded(1, 2);

    assertThat(violations()).isEmpty();
  }

  private static RunRetryRequested retry() {
    return new RunRetryRequested(null, null, null, Facts.START.plusSeconds(9000), "again", null);
  }

  private Story cancelled(int call, int epoch) {
    return story.tell(
      new CallCancelled(story.call(call), epoch, 1, "enough", Spend.NONE, List.of())
    );
  }

  private CallSkipped skipped() {
    return new CallSkipped(
      story.call(2),
      1,
      Phase.GENERATION,
      "doc-1.md",
      Story.MODEL,
      2,
      CallSkipped.Reason.RUN_CANCELLED,
      "the run was cancelled",
      null,
      null
    );
  }

  private List<String> violations() {
    CancelCheck check = new CancelCheck();
    List<RecordedEvent> log = story.log();
    for (int i = 0; i < log.size(); i++) {
      check.accept(new Entry(i, log.get(i).meta().occurredAt(), log.get(i)));
    }
    return check.violations();
  }
}
