package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.eventlog.RunLog.Entry;
import dev.acm2.gateway.Verification.Attempts;
import dev.acm2.gateway.Verification.Invariant;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.RunProjection;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Invariants of calls that are released more than once.
class EpochCheckTest {

  private final Story story = new Story(Facts.runId(1), 1);

  @Test
  void shouldCountTheAttemptsOfEveryRelease() {
    // given a call that was given back, failed, and was run again after the end of the run
    story
      .started(1, 1)
      .handedBack(1, 1, 2)
      .started(1, 2)
      .failed(1, 2)
      .finished(Outcome.FAILED)
      .tell(new RunRetryRequested(null, null, null, Facts.START.plusSeconds(900), "again", null))
      .queued(1, 3)
      .started(1, 3)
      .succeeded(1, 3)
      .finished(Outcome.COMPLETED);

    // when
    Verification result = check();

    // then
    assertThat(result.ok()).as("%s", result.invariants()).isTrue();
    assertThat(result.attempts()).containsExactly(
      new Attempts(story.call(1), 1, 2, true),
      new Attempts(story.call(1), 2, 1, true),
      new Attempts(story.call(1), 3, 1, true)
    );
  }

  @Test
  void shouldSayWhereNobodyToldTheLastWord() {
    story
      .started(1, 1)
      .tell(new CallOrphaned(story.call(1), 1, "w", Facts.START, CallOrphaned.Policy.REDISPATCHED))
      .started(1, 2)
      .succeeded(1, 2);

    assertThat(check().attempts()).containsExactly(
      new Attempts(story.call(1), 1, 1, false),
      new Attempts(story.call(1), 2, 1, true)
    );
  }

  @Test
  void shouldFindAReleaseThatWasGivenBackAfterItsDeadline() {
    story.started(1, 1).after(Story.DEADLINE).after(Duration.ofSeconds(6)).handedBack(1, 1, 1);

    assertThat(failed()).containsExactly("I3");
  }

  @Test
  void shouldHoldEveryReleaseToItsOwnDeadline() {
    // given a second release that is not due yet when the first one would have been
    story.started(1, 1).after(Duration.ofSeconds(50)).handedBack(1, 1, 1).started(1, 2);
    story.after(Duration.ofSeconds(50)).succeeded(1, 2);

    assertThat(check().ok()).isTrue();
  }

  @Test
  void shouldFindASuccessThatWasThrownAway() {
    story.started(1, 1).succeeded(1, 1).queued(1, 2);

    assertThat(failed()).containsExactly("I4");
  }

  private List<String> failed() {
    return check()
      .invariants()
      .stream()
      .filter(invariant -> !invariant.ok())
      .map(Invariant::id)
      .toList();
  }

  private Verification check() {
    LogCheck check = new LogCheck(Facts.runId(1), 1, 0);
    RunProjection projection = new RunProjection();
    List<RecordedEvent> log = story.log();
    for (int i = 0; i < log.size(); i++) {
      check.accept(new Entry(i, log.get(i).meta().occurredAt(), log.get(i)));
      projection.apply(log.get(i), new AsOf(1, 0, i));
    }
    return check.compare(
      new RunQueries.RunRows(
        Objects.requireNonNull(projection.run()),
        List.copyOf(projection.calls()),
        0,
        0
      )
    );
  }
}
