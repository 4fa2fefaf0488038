package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.hangAfter;
import static dev.acm2.worker.ScriptedServer.reply;
import static dev.acm2.worker.ScriptedServer.trickle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import dev.acm2.worker.WorkItems;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Calls whose provider does not answer in time, or whose run is cancelled.
class HttpHangTest extends HttpCallFixture {

  @Test
  void shouldEndAHangingCallByItsDeadline() {
    // given: R10, a deadline of 4 s, 3 attempts, a provider that hangs
    given(hang());
    WorkItem item = limited(Duration.ofSeconds(4), Duration.ofSeconds(4), 3);
    long begun = System.nanoTime();
    // when
    CallTimedOut end = (CallTimedOut) end(item);
    // then
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(end.enforcedBy()).isEqualTo(Enforcer.EXCHANGE);
    assertThat(Duration.between(end.deadline(), end.enforcedAt())).isLessThan(
      Duration.ofSeconds(1)
    );
    assertThat(server.requests()).hasSize(1);
    assertThat(end.spend()).isEqualTo(new Spend(1, Usage.NONE, Usd.ZERO));
    assertThat(store.text(artifact(end, Role.REQUEST))).contains("A document.");
  }

  @Test
  void shouldKeepAllAttemptsInsideOneDeadline() {
    given(hang());
    long begun = System.nanoTime();
    CallTimedOut end = (CallTimedOut) end(limited(Duration.ofSeconds(4), Duration.ofSeconds(1), 9));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(server.requests()).hasSize(end.attempt()).hasSizeBetween(2, 3);
    assertThat(worker.sink.retries()).hasSize(end.attempt() - 1);
  }

  @Test
  void shouldKeepWhatHadArrivedOfAHangingBody() {
    given(hangAfter("{\"status\":\"comp"));
    CallTimedOut end = (CallTimedOut) end(limited(Duration.ofSeconds(3), Duration.ofSeconds(3), 1));
    assertThat(store.text(artifact(end, Role.RESPONSE))).isEqualTo("{\"status\":\"comp");
    assertThat(end.message()).contains("15 bytes of the body had arrived");
  }

  @Test
  void shouldNotBeKeptAliveByATrickle() {
    given(trickle());
    long begun = System.nanoTime();
    CallTimedOut end = (CallTimedOut) end(limited(Duration.ofSeconds(3), Duration.ofSeconds(3), 1));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    assertThat(artifact(end, Role.RESPONSE).size()).isPositive();
  }

  @Test
  void shouldAbortOnCancelBeforeTheHeadersAndInTheBody() {
    given(hang(), hangAfter("{\"sta"));
    for (int number = 1; number <= 2; number++) {
      int sent = number;
      WorkItem item = WorkItems.of(store).withNumber(number).item();
      worker.start(item);
      Await.until("the request", PATIENCE, () -> server.requests().size() == sent);
      if (sent == 2) {
        Await.until("a part of the answer", PATIENCE, () -> hasArrived(item));
      }
      worker.calls.cancelRun(item.runId(), Instant.now(), "enough", System.nanoTime());
      Await.until("the end", PATIENCE, () -> worker.sink.ends().size() == sent);
    }
    assertThat(worker.sink.ends()).allMatch(CallCancelled.class::isInstance);
    CallEnded inBody = worker.sink.ends().get(1);
    assertThat(store.text(artifact(inBody, Role.RESPONSE))).isEqualTo("{\"sta");
    assertThat(inBody.spend()).isEqualTo(new Spend(1, Usage.NONE, Usd.ZERO));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldInterruptThePauseBetweenAttemptsOnCancel() {
    given(reply(503, "{}", "Retry-After: 40"));
    WorkItem item = WorkItems.of(store).item();
    worker.start(item);
    Await.until("the retry", PATIENCE, () -> worker.sink.retries().size() == 1);
    worker.calls.cancelRun(item.runId(), Instant.now(), "enough", System.nanoTime());
    assertThat(worker.sink.awaitEnd(Duration.ofSeconds(5))).isInstanceOf(CallCancelled.class);
    assertThat(server.requests()).hasSize(1);
  }

  private boolean hasArrived(WorkItem item) {
    return worker.calls
      .all()
      .stream()
      .filter(call -> call.item().equals(item))
      .flatMap(call -> call.exchange().stream())
      .anyMatch(exchange -> exchange.arrived().body().length > 0);
  }
}
