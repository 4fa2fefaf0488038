package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Live streams over HTTP: whenever a client comes, it sees everything of its own run.
class LiveIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(100);
  private static Live live;

  private final RunId runId = Facts.runId(NUMBERS.incrementAndGet());
  private final List<RecordedEvent> log = RandomRun.log(NUMBERS.get(), runId, 2);

  @BeforeAll
  static void start() throws Exception {
    live = new Live();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void shouldShowEverythingToAClientThatComesBeforeTheFirstEvent() throws Exception {
    // given a client that connects while the run is still unknown
    CompletableFuture<EventStream> coming = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> connect(coming));
    Await.until("the client is attached", PATIENCE, () -> live.subscription(runId) != null);

    // when
    for (RecordedEvent event : log) {
      live.projector.publishAndWrite(event);
    }

    // then
    try (EventStream stream = coming.get()) {
      assertThat(stream.response().statusCode()).isEqualTo(200);
      live.assertEndsComplete(stream, runId);
    }
  }

  @Test
  void shouldShowEverythingToAClientThatComesInTheMiddle() throws Exception {
    // given
    int half = log.size() / 2;
    live.publishAndWrite(log.subList(0, half));

    // when
    try (EventStream stream = live.fixture.watch(runId)) {
      live.publishAndWrite(log.subList(half, log.size()));

      // then
      live.assertEndsComplete(stream, runId);
      assertThat(stream.frames().getFirst()).isInstanceOfSatisfying(Snapshot.class, snapshot ->
        assertThat(snapshot.asOf().offset()).isLessThan(live.newest(runId).offset())
      );
    }
  }

  @Test
  void shouldShowEverythingToAClientThatComesAfterTheEnd() throws Exception {
    // given
    live.publishAndWrite(log);

    // when
    try (EventStream stream = live.fixture.watch(runId)) {
      // then
      live.assertEndsComplete(stream, runId);
      assertThat(stream.frames()).hasSize(1);
      assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue(
        "no-store, no-transform"
      );
      assertThat(stream.response().headers().firstValue("X-Accel-Buffering")).hasValue("no");
      assertThat(stream.response().headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void shouldWaitForTablesThatAreBehindTheTopic() throws Exception {
    // given tables that hold the first event only, and views that passed meanwhile
    live.projector.publishAndWrite(log.getFirst());
    for (RecordedEvent event : log.subList(1, log.size())) {
      live.projector.publish(event);
    }
    live.awaitHub(runId);

    // when
    try (EventStream stream = live.fixture.watch(runId)) {
      // then the views in between come out of memory, or the snapshot waits for the tables
      live.projector.writeTables();
      live.assertEndsComplete(stream, runId);
    }
  }

  @Test
  void shouldNeverMixTwoRuns() throws Exception {
    // given two runs and over 1,000 events
    RunId other = Facts.runId(NUMBERS.incrementAndGet());
    List<RecordedEvent> one = new ArrayList<>(RandomRun.log(1, runId, 22));
    List<RecordedEvent> two = new ArrayList<>(RandomRun.log(2, other, 22));
    assertThat(one.size() + two.size()).isGreaterThan(1000);
    Random random = new Random(3);
    live.projector.publishAndWrite(one.removeFirst());
    live.projector.publishAndWrite(two.removeFirst());

    // when
    try (
      EventStream ofOne = live.fixture.watch(runId);
      EventStream ofTwo = live.fixture.watch(other)
    ) {
      while (!one.isEmpty() || !two.isEmpty()) {
        boolean first = two.isEmpty() || (!one.isEmpty() && random.nextBoolean());
        live.projector.publish((first ? one : two).removeFirst());
      }

      // then each has its own run, as Client checks frame by frame
      Await.until("the end of one", PATIENCE, () -> live.isComplete(ofOne, runId));
      Await.until("the end of the other", PATIENCE, () -> live.isComplete(ofTwo, other));
    }
    live.projector.writeTables();
  }

  @Test
  void shouldSayThatThereIsNoSuchRun() throws Exception {
    try (EventStream stream = live.fixture.watch(Facts.runId(99_999))) {
      assertThat(stream.response().statusCode()).isEqualTo(404);
      assertThat(stream.response().headers().firstValue("Content-Type")).hasValue(
        "application/problem+json"
      );
    }
    assertThat(live.subscription(Facts.runId(99_999))).isNull();
  }

  private void connect(CompletableFuture<EventStream> coming) {
    try {
      coming.complete(live.fixture.watch(runId));
    } catch (Exception e) {
      coming.completeExceptionally(e);
    }
  }
}
