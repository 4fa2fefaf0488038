package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.RecordingSink;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.Arrived;
import dev.acm2.worker.provider.Exchange;
import dev.acm2.worker.provider.ExchangeEnd;
import dev.acm2.worker.provider.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which stages of a call come into its events, by a clock that is moved by hand.
@Timeout(30)
class StageReportsTest {

  private final InMemoryArtifactStore store = new InMemoryArtifactStore();
  private final RecordingSink sink = new RecordingSink();
  private final StandingClock clock = new StandingClock();
  private final InFlightCall call = new InFlightCall(
    WorkItems.of(store).item(),
    clock.now(),
    clock.now().plusSeconds(600),
    clock.now(),
    clock.nanoTime()
  );
  private volatile Stage stage = Stage.CONNECTING;

  @AfterEach
  void stop() {
    call.voice().fallSilent(clock);
  }

  @Test
  void shouldReportWhatIsToBeToldWithoutAShare() {
    beginAttempt(1);
    lookAt(0, Stage.CONNECTING);
    lookAt(1000, Stage.CONNECTING);
    lookAt(1250, Stage.FIRST_BYTE);
    lookAt(9000, new Stage.Body(100));
    lookAt(10_000, new Stage.Body(200));
    assertThat(progress()).containsExactly(
      told(1, "connecting"),
      told(1, "waiting for the first byte"),
      told(1, "receiving, 200 B")
    );
  }

  @Test
  void shouldBeginEachAttemptAfresh() {
    // given: a first attempt whose body has lasted 3 s
    beginAttempt(1);
    lookAt(0, new Stage.Body(100));
    lookAt(3000, new Stage.Body(300));
    call.settle();
    // then: neither its end nor the pause after it tells anything
    lookAt(9000, new Stage.Body(301));
    call.attemptTold();
    lookAt(20_000, new Stage.Body(301));
    // when
    beginAttempt(2);
    lookAt(20_250, Stage.FIRST_BYTE);
    lookAt(30_000, new Stage.Body(7));
    lookAt(30_750, new Stage.Body(8));
    lookAt(31_000, new Stage.Body(9));
    // then
    assertThat(progress()).containsExactly(told(1, "receiving, 300 B"), told(2, "receiving, 9 B"));
  }

  @Test
  void shouldReportNothingBeforeARequestAndAfterTheEnd() {
    lookAt(5000, Stage.CONNECTING);
    beginAttempt(1);
    lookAt(6000, new Stage.Body(1));
    call.voice().fallSilent(clock);
    lookAt(60_000, new Stage.Body(1000));
    assertThat(sink.events()).isEmpty();
  }

  @Test
  void shouldNotWaitForALogThatHangs() {
    // given
    CountDownLatch answer = new CountDownLatch(1);
    EventSink hanging = (runId, event) -> {
      awaitUnchecked(answer);
      sink.publish(runId, event);
    };
    beginAttempt(1);
    // when: it goes on looking
    for (int second = 0; second <= 64; second++) {
      clock.nanos = Duration.ofSeconds(second).toNanos();
      stage = new Stage.Body(second + 1);
      call.stages().look(hanging, clock);
    }
    // then
    assertThat(sink.events()).isEmpty();
    answer.countDown();
    call.voice().flush(sink, clock);
    assertThat(progress()).last().isEqualTo(told(1, "receiving, 65 B"));
    assertThat(progress()).hasSizeLessThanOrEqualTo(2);
  }

  private void beginAttempt(int number) {
    CallArtifact request = new CallArtifact(Role.REQUEST, 1, number, ref());
    assertThat(call.beginAttempt(number, request)).isTrue();
    call.attach(new StagedExchange());
  }

  private ArtifactRef ref() {
    return store.put(new byte[] { 1 }, "application/json");
  }

  /// What is reported is said at once, so that the pause between two reports plays no part here.
  private void lookAt(int ms, Stage seen) {
    clock.nanos = Duration.ofMillis(ms).toNanos();
    stage = seen;
    call.stages().look(sink, clock);
    call.voice().flush(sink, clock);
  }

  private CallProgressed told(int attempt, String message) {
    return new CallProgressed(call.item().callId(), call.item().epoch(), attempt, message, null);
  }

  private List<CallProgressed> progress() {
    return sink.events().stream().map(CallProgressed.class::cast).toList();
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Is where the test says.
  private final class StagedExchange implements Exchange {

    @Override
    public ExchangeEnd await(Duration limit) {
      throw new AssertionError("nobody waits here");
    }

    @Override
    public void abort() {
      throw new AssertionError("nobody aborts here");
    }

    @Override
    public Arrived arrived() {
      throw new AssertionError("nobody copies the body here");
    }

    @Override
    public Stage stage() {
      return stage;
    }
  }

  /// Moves only when the test moves it.
  private static final class StandingClock implements CallClock {

    private volatile long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void pause(Duration delay, CountDownLatch wakeUp) {
      awaitUnchecked(wakeUp);
    }
  }
}
