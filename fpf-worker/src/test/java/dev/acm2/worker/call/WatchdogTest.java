package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.Timings;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.Arrived;
import dev.acm2.worker.provider.Exchange;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls whose own thread does not end them.
@Timeout(60)
class WatchdogTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] PART = "{\"status\":\"comp".getBytes(StandardCharsets.UTF_8);

  private final InMemoryArtifactStore store = new InMemoryArtifactStore();
  private final CountDownLatch unblock = new CountDownLatch(1);
  private final CountDownLatch sent = new CountDownLatch(1);
  private CallHarness worker = harness(store, new DeafExchange());

  @AfterEach
  void stop() {
    unblock.countDown();
    worker.close();
  }

  @Test
  void shouldEndACallWhoseThreadIgnoresInterruption() throws InterruptedException {
    // given: R12
    worker.watch();
    long begun = System.nanoTime();
    // when
    worker.start(limited(Duration.ofSeconds(3)));
    // then
    CallEnded end = worker.sink.awaitEnd(PATIENCE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(
      Duration.ofSeconds(3),
      Duration.ofSeconds(5)
    );
    assertThat(end).isInstanceOfSatisfying(CallTimedOut.class, timedOut -> {
      assertThat(timedOut.enforcedBy()).isEqualTo(Enforcer.WATCHDOG);
      assertThat(timedOut.enforcedAt()).isAfterOrEqualTo(timedOut.deadline());
      assertThat(timedOut.attempt()).isEqualTo(1);
    });
    assertThat(end.artifacts())
      .extracting(a -> a.role())
      .containsExactly(Role.REQUEST, Role.RESPONSE);
    assertThat(store.text(end.artifacts().get(1).ref())).isEqualTo("{\"status\":\"comp");
    Await.until("the free slot", PATIENCE, () -> worker.calls.size() == 0);
  }

  @Test
  void shouldLetTheHungThreadWriteNoSecondEnd() throws InterruptedException {
    worker.watch();
    InFlightCall call = worker.call(limited(Duration.ofSeconds(3)));
    worker.calls.add(call);
    Thread hung = Thread.ofVirtual().start(() -> worker.loop.run(call));
    worker.sink.awaitEnd(PATIENCE);
    // when: the thread comes back with a result after all
    unblock.countDown();
    assertThat(hung.join(PATIENCE)).isTrue();
    // then
    assertThat(worker.sink.ends()).hasSize(1);
  }

  @Test
  void shouldEndACancelledCallWhoseThreadHangs() throws InterruptedException {
    worker.watch();
    WorkItem item = limited(Duration.ofMinutes(5));
    worker.start(item);
    sent.await();
    long begun = System.nanoTime();
    worker.calls.cancelRun(item.runId(), Instant.now(), "enough", System.nanoTime());
    assertThat(worker.sink.awaitEnd(PATIENCE)).isInstanceOfSatisfying(CallCancelled.class, end ->
      assertThat(end.reason()).isEqualTo("enough")
    );
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void shouldNotWaitForAStoreThatHangs() {
    // given: a store that takes the request and then hangs
    worker.close();
    worker = harness(hangingStore(), new DeafExchange());
    worker.watch();
    // when
    worker.start(limited(Duration.ofSeconds(2).plusMillis(500)));
    // then
    CallTimedOut end = (CallTimedOut) worker.sink.awaitEnd(PATIENCE);
    assertThat(Duration.between(end.deadline(), end.enforcedAt())).isLessThan(
      Duration.ofSeconds(5)
    );
    assertThat(end.message()).contains("could not be stored");
    assertThat(end.artifacts())
      .extracting(a -> a.role())
      .containsExactly(Role.REQUEST);
  }

  @Test
  void shouldGiveAnAnswerThatCameInTimeTimeToBeStoredAndNoMore() {
    worker.close();
    worker = harness(hangingStore(), new PromptExchange());
    worker.watch();
    worker.start(limited(Duration.ofSeconds(2).plusMillis(500)));
    CallTimedOut end = (CallTimedOut) worker.sink.awaitEnd(PATIENCE);
    assertThat(Duration.between(end.deadline(), end.enforcedAt())).isBetween(
      Watchdog.SETTLING_GRACE,
      Duration.ofSeconds(5)
    );
    assertThat(end.enforcedBy()).isEqualTo(Enforcer.WATCHDOG);
    assertThat(end.message()).contains("could not be stored");
  }

  @Test
  void shouldLeaveHealthyCallsAlone() throws InterruptedException {
    worker.start(limited(Duration.ofMinutes(5)));
    sent.await();
    worker.watchdog.scan();
    assertThat(worker.sink.events()).isEmpty();
    assertThat(worker.calls.size()).isEqualTo(1);
  }

  private ArtifactStore hangingStore() {
    return new ArtifactStore() {
      @Override
      public ArtifactRef put(byte[] content, String mediaType) {
        if (mediaType.equals("text/event-stream")) {
          blockUninterruptibly();
        }
        return store.put(content, mediaType);
      }

      @Override
      public Optional<Artifact> find(String sha256) {
        return store.find(sha256);
      }
    };
  }

  private CallHarness harness(ArtifactStore artifacts, Exchange exchange) {
    return new CallHarness(
      artifacts,
      _ -> exchange,
      new SystemCallClock(),
      CallHarness.providersAt("http://127.0.0.1:1")
    );
  }

  private WorkItem limited(Duration deadline) {
    return WorkItems.of(store)
      .withLimits(WorkItems.limits(deadline, deadline, 3))
      .item();
  }

  private void blockUninterruptibly() {
    boolean blocked = true;
    while (blocked) {
      try {
        unblock.await();
        blocked = false;
      } catch (InterruptedException ignoredOnPurpose) {
        // This is the fault under test: a thread that does not listen.
        blocked = unblock.getCount() > 0;
      }
    }
  }

  /// Ignores its limit, aborts and interrupts.
  private class DeafExchange implements Exchange {

    @Override
    public ExchangeEnd await(Duration limit) {
      sent.countDown();
      blockUninterruptibly();
      return new ExchangeEnd.Complete(arrived());
    }

    @Override
    public void abort() {
      // Deaf.
    }

    @Override
    public Arrived arrived() {
      return new Arrived(
        200,
        Map.of("content-type", "text/event-stream"),
        PART,
        new Timings(Duration.ZERO, Duration.ZERO)
      );
    }

    @Override
    public Stage stage() {
      return Stage.FIRST_BYTE;
    }
  }

  /// Ends at once.
  private final class PromptExchange extends DeafExchange {

    @Override
    public ExchangeEnd await(Duration limit) {
      return new ExchangeEnd.Complete(arrived());
    }
  }
}
