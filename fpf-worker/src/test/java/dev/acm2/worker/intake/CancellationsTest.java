package dev.acm2.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.WorkItems;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CancellationsTest {

  private static final Instant NOW = Instant.parse("2025-12-20T21:48:29Z");

  private final Cancellations cancellations = new Cancellations();
  private final WorkItems work = WorkItems.of(new InMemoryArtifactStore());

  @Test
  void shouldHitOnlyWhatWasReleasedBeforeTheRunWasCancelled() {
    WorkItem item = work.item();
    cancellations.addRun(item.runId(), "enough", NOW, NOW);
    assertThat(cancellations.reason(item, NOW.minusSeconds(60))).contains("enough");
    assertThat(cancellations.reason(item, NOW)).contains("enough");
    // R18 must not become its opposite: the user runs it again
    assertThat(cancellations.reason(item, NOW.plusMillis(1))).isEmpty();
    assertThat(cancellations.reason(work.withEpoch(2).item(), NOW.plusSeconds(9))).isEmpty();
  }

  @Test
  void shouldKeepTheLatestCancellationWhenCommandsAreHeardAgain() {
    WorkItem item = work.item();
    cancellations.addRun(item.runId(), "once", NOW, NOW);
    cancellations.addRun(item.runId(), "twice", NOW.plusSeconds(60), NOW);
    cancellations.addRun(item.runId(), "once", NOW, NOW);
    assertThat(cancellations.reason(item, NOW.plusSeconds(30))).contains("twice");
    assertThat(cancellations.reason(item, NOW.plusSeconds(61))).isEmpty();
  }

  @Test
  void shouldHitACallInItsEpochAndOlderOnesOnly() {
    WorkItem item = work.withEpoch(2).item();
    cancellations.addCall(item.callId(), 2, "not this one", NOW, NOW);
    cancellations.addCall(item.callId(), 1, "older", NOW.minusSeconds(9), NOW);
    Instant later = NOW.plusSeconds(60);
    assertThat(cancellations.reason(work.withEpoch(1).item(), later)).contains("not this one");
    assertThat(cancellations.reason(item, later)).contains("not this one");
    assertThat(cancellations.reason(work.withEpoch(3).item(), later)).isEmpty();
    assertThat(cancellations.reason(work.withNumber(2).item(), later)).isEmpty();
    assertThat(cancellations.of(item, later))
      .map(Cancellations.Cancellation::scope)
      .contains(Cancellations.Scope.CALL);
  }

  @Test
  void shouldKnowTheCancellationsOfADayAndNoMore() {
    for (int hour = 0; hour < 100; hour++) {
      Instant at = NOW.plus(Duration.ofHours(hour));
      cancellations.addRun(RunId.of(NOW, hour, hour), "enough", at, at);
      cancellations.addCall(
        work
          .withNumber(hour + 1)
          .item()
          .callId(),
        1,
        "enough",
        at,
        at
      );
    }
    assertThat(cancellations.size()).isBetween(48, 54);
    assertThat(cancellations.reason(work.withNumber(100).item(), NOW)).contains("enough");
    assertThat(cancellations.reason(work.withNumber(77).item(), NOW)).contains("enough");
    assertThat(cancellations.reason(work.withNumber(1).item(), NOW)).isEmpty();
  }
}
