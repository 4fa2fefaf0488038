package dev.acm2.worker;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// R18: what is cancelled is aborted and not started, and nothing else is.
class WorkerCancelIT extends WorkerFixture {

  @Test
  void shouldAbortOnCancelAndStartNothingThatWasReleasedBefore() {
    given(hang(), hang(), reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8));
    WorkItems other = WorkItems.of(context().getBean(ArtifactStore.class));
    Instant before = Instant.now();
    log.work(work.item());
    log.work(other.item());
    Await.until("both requests", PATIENCE, () -> requestsOf(work) == 1 && requestsOf(other) == 1);
    // when
    long begun = System.nanoTime();
    log.cancel(work.runId());
    // then
    assertThat(awaitEnds(work.runId(), 1)).allMatch(CallCancelled.class::isInstance);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    // and: work that was released before and comes late ends without a start
    WorkItem late = work.withNumber(2).item();
    log.work(late, before);
    assertThat(awaitEnds(work.runId(), 2).get(1)).isInstanceOfSatisfying(CallSkipped.class, end -> {
      assertThat(end.reason()).isEqualTo(CallSkipped.Reason.RUN_CANCELLED);
      assertThat(end.callId()).isEqualTo(late.callId());
      assertThat(end.document()).isEqualTo(late.document());
      assertThat(end.message()).isEqualTo("the user had enough");
    });
    assertThat(log.events(work.runId(), CallStarted.class)).hasSize(1);
    // and: the other run goes on
    assertThat(log.events(other.runId(), CallEnded.class)).isEmpty();
    assertThat(requestsOf(work)).isEqualTo(1);
    // when: the user runs it again
    log.work(work.withEpoch(2).item());
    // then
    assertThat(awaitEnds(work.runId(), 3).get(2)).isInstanceOf(CallSucceeded.class);
  }

  @Test
  void shouldKnowAtItsStartWhatWasCancelledBeforeAndWhatCameAfter() {
    given(reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8));
    stopWorker();
    WorkItem cancelled = work.withNumber(3).item();
    log.work(work.item());
    log.cancel(work.runId());
    log.cancel(cancelled);
    Instant later = Instant.now().plusSeconds(1);
    log.work(work.withNumber(2).item(), later);
    log.work(cancelled, later);
    start(8);
    assertThat(awaitEnds(work.runId(), 3))
      .filteredOn(CallSkipped.class::isInstance)
      .extracting(end -> ((CallSkipped) end).reason())
      .containsExactlyInAnyOrder(
        CallSkipped.Reason.RUN_CANCELLED,
        CallSkipped.Reason.CALL_CANCELLED
      );
    assertThat(log.events(work.runId(), CallStarted.class))
      .extracting(CallStarted::callId)
      .containsExactly(work.withNumber(2).item().callId());
    assertThat(requestsOf(work)).isEqualTo(1);
  }

  @Test
  void shouldCancelOneCallInItsEpochAndNoOther() {
    given(hang(), hang(), reply(200, GOOD));
    WorkItems work = WorkItems.of(start(8));
    log.work(work.item());
    log.work(work.withNumber(2).item());
    Await.until("both requests", PATIENCE, () -> requestsOf(work) == 2);
    log.cancel(work.item());
    assertThat(awaitEnds(work.runId(), 1).getFirst()).isInstanceOfSatisfying(
      CallCancelled.class,
      end -> {
        assertThat(end.callId()).isEqualTo(work.item().callId());
        assertThat(end.reason()).isEqualTo("the user did not want this one");
      }
    );
    // when: its next epoch comes
    log.work(work.withEpoch(2).item());
    // then
    assertThat(awaitEnds(work.runId(), 2).get(1)).isInstanceOf(CallSucceeded.class);
    assertThat(requestsOf(work)).isEqualTo(3);
  }
}
