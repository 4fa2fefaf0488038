package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.hang;
import static dev.acm2.worker.ScriptedServer.hangAfter;
import static dev.acm2.worker.ScriptedServer.reply;
import static dev.acm2.worker.ScriptedServer.trickle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import dev.acm2.worker.FullServer;
import dev.acm2.worker.WorkItems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What calls tell of the stage that they are in, over real sockets.
class HttpStagesTest extends HttpCallFixture {

  @Test
  void shouldTellNothingOfAQuickCall() {
    given(reply(200, GOOD));
    worker.watch();
    succeeded(WorkItems.of(store).item());
    assertThat(progress()).isEmpty();
  }

  @Test
  void shouldTellNothingOfACallThatWaitsForItsFirstByteOnly() {
    given(hang());
    worker.watch();
    end(limited(Duration.ofSeconds(4), Duration.ofSeconds(4), 1));
    assertThat(progress()).isEmpty();
  }

  @Test
  void shouldTellHowMuchOfASlowBodyHasComeAndNothingAfterTheEnd() {
    given(trickle());
    worker.watch();
    RunEvent end = end(limited(Duration.ofSeconds(6), Duration.ofSeconds(6), 1));
    // then: one after 1 s, 2 s and 4 s each
    assertThat(progress()).hasSizeBetween(2, 3);
    assertThat(messages()).allMatch(message -> message.matches("receiving, \\d+ B"));
    assertThat(bytes()).isSorted().doesNotHaveDuplicates();
    assertThat(worker.sink.events().getLast()).isSameAs(end);
  }

  @Test
  void shouldTellThatOnlyTheHeadersHaveCome() {
    given(hangAfter(""));
    worker.watch();
    end(limited(Duration.ofSeconds(4), Duration.ofSeconds(4), 1));
    assertThat(messages()).containsExactly("waiting for the body");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldTellThatAConnectionIsNotAcceptedAndWhenItIsAfterAll() {
    try (FullServer full = new FullServer()) {
      worker.close();
      worker = CallHarness.onSystemClock(store, exchanges, full.baseUrl());
      worker.watch();
      WorkItem item = WorkItems.of(store).item();
      // when
      worker.start(item);
      Await.until("the first report", PATIENCE, () -> messages().contains("connecting"));
      full.admit();
      Await.until("the next report", PATIENCE, () -> progress().size() == 2);
      // then
      assertThat(messages()).containsExactly("connecting", "waiting for the first byte");
      assertThat(progress()).allMatch(told -> told.attempt() == 1 && told.share() == null);
      worker.calls.cancelRun(item.runId(), Instant.now(), "enough", System.nanoTime());
      RunEvent end = worker.sink.awaitEnd(PATIENCE);
      assertThat(worker.sink.events().getLast()).isSameAs(end);
    }
  }

  @Test
  void shouldTellTheStageOfEachAttemptAfresh() {
    given(trickle());
    worker.watch();
    end(limited(Duration.ofSeconds(30), Duration.ofSeconds(3), 2));
    // then: each attempt is told, and the first one not any more once the second one follows
    List<RunEvent> events = worker.sink.events();
    int retry = events.indexOf(worker.sink.retries().getFirst());
    assertThat(attempts(events.subList(0, retry)))
      .isNotEmpty()
      .containsOnly(1);
    assertThat(attempts(events.subList(retry, events.size())))
      .isNotEmpty()
      .containsOnly(2);
  }

  private List<CallProgressed> progress() {
    return progress(worker.sink.events());
  }

  private static List<CallProgressed> progress(List<RunEvent> events) {
    return events
      .stream()
      .filter(CallProgressed.class::isInstance)
      .map(CallProgressed.class::cast)
      .toList();
  }

  private static List<Integer> attempts(List<RunEvent> events) {
    return progress(events).stream().map(CallProgressed::attempt).toList();
  }

  private List<String> messages() {
    return progress().stream().map(CallProgressed::message).toList();
  }

  private List<Integer> bytes() {
    return messages()
      .stream()
      .map(message -> Integer.valueOf(message.replaceAll("\\D", "")))
      .toList();
  }
}
