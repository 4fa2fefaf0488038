package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Reset;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.projection.RunProjection;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Live streams over HTTP, with a real broker and a real database behind them.
class LiveIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(100);
  private static GatewayFixture fixture;
  private static TestProjector projector;

  private final RunId runId = Facts.runId(NUMBERS.incrementAndGet());
  private final List<RecordedEvent> log = RandomRun.log(NUMBERS.get(), runId, 2);

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    projector = fixture.projector;
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldShowEverythingToAClientThatComesBeforeTheFirstEvent() throws Exception {
    // given a client that connects while the run is still unknown
    CompletableFuture<EventStream> coming = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> connect(coming));
    Await.until("the client is attached", PATIENCE, () -> subscription(runId) != null);

    // when
    for (RecordedEvent event : log) {
      projector.publishAndWrite(event);
    }

    // then
    try (EventStream stream = coming.get()) {
      assertThat(stream.response().statusCode()).isEqualTo(200);
      assertEndsComplete(stream);
    }
  }

  @Test
  void shouldShowEverythingToAClientThatComesInTheMiddle() throws Exception {
    // given
    int half = log.size() / 2;
    publishAndWrite(log.subList(0, half));

    // when
    try (EventStream stream = fixture.watch(runId)) {
      publishAndWrite(log.subList(half, log.size()));

      // then
      assertEndsComplete(stream);
      assertThat(stream.frames().getFirst().asOf().offset()).isLessThan(lastVersion());
    }
  }

  @Test
  void shouldShowEverythingToAClientThatComesAfterTheEnd() throws Exception {
    // given
    publishAndWrite(log);

    // when
    try (EventStream stream = fixture.watch(runId)) {
      // then
      assertEndsComplete(stream);
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
    projector.publishAndWrite(log.getFirst());
    for (RecordedEvent event : log.subList(1, log.size())) {
      projector.publish(event);
    }
    awaitHub();

    // when
    try (EventStream stream = fixture.watch(runId)) {
      // then the views in between come out of memory, or the snapshot waits for the tables
      projector.writeTables();
      assertEndsComplete(stream);
    }
  }

  @Test
  void shouldGoOnFromTheLastEventId() throws Exception {
    // given a client that lost its connection in the middle
    int half = log.size() / 2;
    publishAndWrite(log.subList(0, half));
    Client client;
    try (EventStream first = fixture.watch(runId)) {
      Await.until("a snapshot", PATIENCE, () -> !first.frames().isEmpty());
      client = first.client();
    }
    String id = requireNonNull(client.asOf()).id();
    publishAndWrite(log.subList(half, log.size()));
    awaitHub();

    // when
    try (EventStream second = fixture.watch(runId, client, id)) {
      // then
      Await.until("the end", PATIENCE, () -> isComplete(second));
      assertThat(second.frames()).allSatisfy(frame -> assertThat(frame).isInstanceOf(Delta.class));
    }
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "2.%d.%d", "1.9.%2$d", "1.%d.999999999", "garbage", "-1.0.5", "1.%d.-7", "0.0.0.0" }
  )
  void shouldResetAClientThatCannotGoOn(String form) throws Exception {
    // given
    publishAndWrite(log);
    var at = requireNonNull(projector.projection(runId).run()).asOf();

    // when
    String id = String.format(form, at.partition(), at.offset());
    try (EventStream stream = fixture.watch(runId, null, id)) {
      // then
      Await.until("two frames", PATIENCE, () -> stream.frames().size() == 2);
      assertThat(stream.frames().getFirst()).isInstanceOf(Reset.class);
      assertThat(stream.frames().getLast()).isInstanceOf(Snapshot.class);
      assertThat(stream.ids()).containsExactly(at.id());
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
    projector.publishAndWrite(one.removeFirst());
    projector.publishAndWrite(two.removeFirst());

    // when
    try (EventStream ofOne = fixture.watch(runId); EventStream ofTwo = fixture.watch(other)) {
      while (!one.isEmpty() || !two.isEmpty()) {
        boolean first = two.isEmpty() || (!one.isEmpty() && random.nextBoolean());
        projector.publish((first ? one : two).removeFirst());
      }

      // then each has its own run, as Client checks frame by frame
      Await.until("the end of one", PATIENCE, () -> isComplete(ofOne));
      Await.until("the end of the other", PATIENCE, () -> isComplete(ofTwo, other));
    }
    projector.writeTables();
  }

  @Test
  void shouldKeepNoMoreThanOneValueOfEachCallForAClientThatDoesNotRead() throws Exception {
    // given a client that asks and never reads
    RunId big = Facts.runId(NUMBERS.incrementAndGet());
    List<RecordedEvent> events = RandomRun.log(9, big, 100);
    projector.publishAndWrite(events.getFirst());
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", fixture.port()));
      OutputStream out = socket.getOutputStream();
      out.write(
        ("GET /api/v1/runs/" + big + "/events HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(
          StandardCharsets.US_ASCII
        )
      );
      out.flush();
      Await.until("attached", PATIENCE, () -> subscription(big) != null);
      Subscription slow = requireNonNull(subscription(big));

      // when
      for (RecordedEvent event : events.subList(1, events.size())) {
        projector.publish(event);
        assertThat(slow.pending()).isLessThanOrEqualTo(600);
      }
      projector.writeTables();

      // then it still holds back at most one value of each of the 600 calls
      assertThat(slow.broken()).isNull();
      assertThat(slow.pending()).isLessThanOrEqualTo(600);
    }
    Await.until("a client that has gone is let go", PATIENCE, () -> subscription(big) == null);
  }

  @Test
  void shouldResetClientsWhenTheFeedMissedViews() throws Exception {
    // given
    publishAndWrite(log);
    try (EventStream stream = fixture.watch(runId)) {
      Await.until("a snapshot", PATIENCE, () -> !stream.frames().isEmpty());
      var at = requireNonNull(projector.projection(runId).run()).asOf();

      // when
      fixture.gateway.getBean(RunHub.class).startAt(at.partition(), 0);

      // then
      Await.until("a reset", PATIENCE, () -> stream.frames().size() == 3);
      assertThat(stream.frames().get(1)).isInstanceOf(Reset.class);
      assertThat(stream.frames().get(2)).isInstanceOf(Snapshot.class);
    }
  }

  @Test
  void shouldSayThatItIsAliveWhenNothingHappens() throws Exception {
    publishAndWrite(log);
    try (EventStream stream = fixture.watch(runId)) {
      Await.until("a heartbeat", PATIENCE, () -> stream.heartbeats() > 0);
      assertThat(stream.frames()).hasSize(1);
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchRun() throws Exception {
    try (EventStream stream = fixture.watch(Facts.runId(99_999))) {
      assertThat(stream.response().statusCode()).isEqualTo(404);
      assertThat(stream.response().headers().firstValue("Content-Type")).hasValue(
        "application/problem+json"
      );
    }
    assertThat(subscription(Facts.runId(99_999))).isNull();
  }

  @Test
  void shouldSayGoodbyeOnShutdown() throws Exception {
    try (GatewayFixture own = new GatewayFixture()) {
      // given
      RecordedEvent first = RandomRun.log(1, Facts.runId(50_000), 1).getFirst();
      own.projector.publishAndWrite(first);
      try (EventStream stream = own.watch(Facts.runId(50_000))) {
        Await.until("a snapshot", PATIENCE, () -> !stream.frames().isEmpty());

        // when
        long begun = System.nanoTime();
        own.gateway.close();

        // then
        Await.until("the end", PATIENCE, stream::ended);
        assertThat(stream.frames().getLast()).isInstanceOfSatisfying(Bye.class, bye -> {
          assertThat(bye.reason()).isEqualTo("shutdown");
          assertThat(bye.retryMs()).isBetween(1000, 5000);
        });
        assertThat(System.nanoTime() - begun).isLessThan(9_000_000_000L);
      }
    }
  }

  private void connect(CompletableFuture<EventStream> coming) {
    try {
      coming.complete(fixture.watch(runId));
    } catch (Exception e) {
      coming.completeExceptionally(e);
    }
  }

  private static void publishAndWrite(List<RecordedEvent> events) throws Exception {
    for (RecordedEvent event : events) {
      projector.publish(event);
    }
    projector.writeTables();
  }

  private static @Nullable Subscription subscription(RunId of) {
    return fixture.gateway
      .getBean(RunHub.class)
      .subscriptions()
      .stream()
      .filter(client -> client.runId().equals(of))
      .findFirst()
      .orElse(null);
  }

  /// Until the feed of the gateway has passed on the newest view of the run.
  private void awaitHub() {
    RunHub hub = fixture.gateway.getBean(RunHub.class);
    var newest = requireNonNull(projector.projection(runId).run()).asOf();
    Await.until("the feed", PATIENCE, () -> {
      try (Subscription probe = hub.attach(runId, newest)) {
        return probe.resumed();
      }
    });
  }

  private void assertEndsComplete(EventStream stream) {
    Await.until("the end of the run", PATIENCE, () -> isComplete(stream));
    assertThat(stream.frames().getFirst()).isInstanceOf(Snapshot.class);
  }

  private boolean isComplete(EventStream stream) {
    return isComplete(stream, runId);
  }

  private static boolean isComplete(EventStream stream, RunId of) {
    RunProjection expected = projector.projection(of);
    return (
      !stream.frames().isEmpty() &&
      requireNonNull(expected.run()).withSpec(null).equals(stream.client().run()) &&
      List.copyOf(expected.calls()).equals(List.copyOf(stream.client().calls()))
    );
  }

  private long lastVersion() {
    return requireNonNull(projector.projection(runId).run()).asOf().offset();
  }
}
