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
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Live streams over HTTP: connections that break, idle, fall behind or end.
class LiveConnectionIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(300);
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
  void shouldGoOnFromTheLastEventId() throws Exception {
    // given a client that lost its connection in the middle
    int half = log.size() / 2;
    live.publishAndWrite(log.subList(0, half));
    Client client;
    try (EventStream first = live.fixture.watch(runId)) {
      Await.until("a snapshot", PATIENCE, () -> !first.frames().isEmpty());
      client = first.client();
    }
    String id = requireNonNull(client.asOf()).id();
    live.publishAndWrite(log.subList(half, log.size()));
    live.awaitHub(runId);

    // when
    try (EventStream second = live.fixture.watch(runId, client, id)) {
      // then
      Await.until("the end", PATIENCE, () -> live.isComplete(second, runId));
      assertThat(second.frames()).allSatisfy(frame -> assertThat(frame).isInstanceOf(Delta.class));
    }
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "2.%d.%d", "1.9.%2$d", "1.%d.999999999", "garbage", "-1.0.5", "1.%d.-7", "0.0.0.0" }
  )
  void shouldResetAClientThatCannotGoOn(String form) throws Exception {
    // given
    live.publishAndWrite(log);
    var at = live.newest(runId);

    // when
    String id = String.format(form, at.partition(), at.offset());
    try (EventStream stream = live.fixture.watch(runId, null, id)) {
      // then
      Await.until("two frames", PATIENCE, () -> stream.frames().size() == 2);
      assertThat(stream.frames().getFirst()).isInstanceOf(Reset.class);
      assertThat(stream.frames().getLast()).isInstanceOf(Snapshot.class);
      assertThat(stream.ids()).containsExactly(at.id());
    }
  }

  @Test
  void shouldKeepNoMoreThanOneValueOfEachCallForAClientThatDoesNotRead() throws Exception {
    // given a client that asks and never reads
    RunId big = Facts.runId(NUMBERS.incrementAndGet());
    List<RecordedEvent> events = RandomRun.log(9, big, 100);
    live.projector.publishAndWrite(events.getFirst());
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", live.fixture.port()));
      OutputStream out = socket.getOutputStream();
      out.write(
        ("GET /api/v1/runs/" + big + "/events HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(
          StandardCharsets.US_ASCII
        )
      );
      out.flush();
      Await.until("attached", PATIENCE, () -> live.subscription(big) != null);
      Subscription slow = requireNonNull(live.subscription(big));

      // when
      for (RecordedEvent event : events.subList(1, events.size())) {
        live.projector.publish(event);
        assertThat(slow.pending()).isLessThanOrEqualTo(600);
      }
      live.projector.writeTables();

      // then it still holds back at most one value of each of the 600 calls
      assertThat(slow.broken()).isNull();
      assertThat(slow.pending()).isLessThanOrEqualTo(600);
    }
    Await.until("a client that has gone is let go", PATIENCE, () -> live.subscription(big) == null);
  }

  @Test
  void shouldResetClientsWhenTheFeedMissedViews() throws Exception {
    // given
    live.publishAndWrite(log);
    try (EventStream stream = live.fixture.watch(runId)) {
      Await.until("a snapshot", PATIENCE, () -> !stream.frames().isEmpty());
      var at = live.newest(runId);

      // when
      live.fixture.gateway.getBean(RunHub.class).startAt(at.partition(), 0);

      // then
      Await.until("a reset", PATIENCE, () -> stream.frames().size() == 3);
      assertThat(stream.frames().get(1)).isInstanceOf(Reset.class);
      assertThat(stream.frames().get(2)).isInstanceOf(Snapshot.class);
    }
  }

  @Test
  void shouldSayThatItIsAliveWhenNothingHappens() throws Exception {
    live.publishAndWrite(log);
    try (EventStream stream = live.fixture.watch(runId)) {
      Await.until("a heartbeat", PATIENCE, () -> stream.heartbeats() > 0);
      assertThat(stream.frames()).hasSize(1);
    }
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
}
