package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.hangAfter;
import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import dev.acm2.worker.Answers;
import dev.acm2.worker.WorkItems;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A worker that leaves.
class HandBackTest extends HttpCallFixture {

  @Test
  void shouldAbortAndGiveBackWithWhatWasSpent() throws InterruptedException {
    // given: an answer that cost something and was no use, then one that hangs in its body
    given(reply(200, Answers.responses("").toString()), hangAfter("{\"sta"));
    InFlightCall call = worker.start(WorkItems.of(store).item());
    Await.until("a part of the answer", PATIENCE, () -> hasArrived(call));
    // when
    assertThat(worker.handBack.all("the worker leaves", PATIENCE)).isZero();
    // then
    assertThat(worker.sink.ends()).isEmpty();
    CallHandedBack end = (CallHandedBack) worker.sink.events().getLast();
    assertThat(end.attempt()).isEqualTo(2);
    assertThat(end.workerId()).isEqualTo("worker-1");
    assertThat(end.reason()).isEqualTo("the worker leaves");
    assertThat(end.spend()).isEqualTo(new Spend(2, new Usage(100, 20, 0, 0), Usd.of("0.000065")));
    assertThat(end.artifacts())
      .extracting(each -> each.role())
      .containsExactly(Role.REQUEST, Role.RESPONSE);
    assertThat(store.text(end.artifacts().getLast().ref())).isEqualTo("{\"sta");
    assertThat(worker.calls.size()).isZero();
    assertThat(worker.lines.texts()).last().asString().contains("handed back");
  }

  @Test
  void shouldGiveBackACallThatHasSentNothing() throws InterruptedException {
    InFlightCall call = worker.call(WorkItems.of(store).item());
    worker.calls.add(call);
    worker.handBack.all("the worker leaves", PATIENCE);
    // when: its thread comes to it after all
    worker.loop.run(call);
    // then
    assertThat(worker.sink.events())
      .singleElement()
      .isInstanceOfSatisfying(CallHandedBack.class, end -> {
        assertThat(end.attempt()).isZero();
        assertThat(end.spend()).isEqualTo(Spend.NONE);
      });
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldGiveBackACallThatPauses() throws InterruptedException {
    given(reply(503, "{}", "Retry-After: 40"));
    worker.start(WorkItems.of(store).item());
    Await.until("the retry", PATIENCE, () -> worker.sink.retries().size() == 1);
    long begun = System.nanoTime();
    worker.handBack.all("the worker leaves", PATIENCE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    CallHandedBack end = (CallHandedBack) worker.sink.events().getLast();
    assertThat(end.spend().attempts()).isEqualTo(1);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldEndACancelledCallAsThat() throws InterruptedException {
    given(hang());
    WorkItem item = WorkItems.of(store).item();
    InFlightCall call = worker.call(item);
    worker.calls.add(call);
    worker.calls.cancelCall(item.callId(), 1, "not this one", System.nanoTime());
    worker.handBack.all("the worker leaves", PATIENCE);
    assertThat(worker.sink.events())
      .singleElement()
      .isInstanceOfSatisfying(CallCancelled.class, end ->
        assertThat(end.reason()).isEqualTo("not this one")
      );
  }

  @Test
  void shouldCancelOnlyWhatWasReleasedBeforeAndNotLaterEpochs() {
    WorkItems work = WorkItems.of(store);
    InFlightCall old = worker.call(work.item());
    InFlightCall again = worker.call(work.withEpoch(2).item());
    worker.calls.add(old);
    worker.calls.add(again);
    Instant before = old.releasedAt().minusSeconds(1);
    worker.calls.cancelRun(work.runId(), before, "yesterday", 0);
    assertThat(old.cancelled()).isNull();
    worker.calls.cancelCall(work.item().callId(), 1, "not this one", 0);
    assertThat(old.cancelled()).isNotNull();
    assertThat(again.cancelled()).isNull();
  }

  private static boolean hasArrived(InFlightCall call) {
    return call
      .exchange()
      .filter(exchange -> call.progress().attempt() == 2)
      .filter(exchange -> exchange.arrived().body().length == 5)
      .isPresent();
  }
}
