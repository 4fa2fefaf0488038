package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stream says how far it is behind the log, also when nothing comes any more.
class PulseIT {

  private static final AtomicInteger NUMBERS = new AtomicInteger(2800);
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

  @ParameterizedTest
  @ValueSource(strings = { "/api/v1/runs/%s/events", "/api/v1/events?run=%s" })
  void shouldSayThatNothingIsFoldedAnyMore(String address) throws Exception {
    // given a projector that has shown the first half
    int half = log.size() / 2;
    live.publishAndWrite(log.subList(0, half));
    try (EventStream stream = watch(address)) {
      Await.until("nothing waits", PATIENCE, () -> isBehind(stream, 0));
      assertThat(stream.pulses().getLast().trouble()).isNull();

      // when it dies, and the run goes on
      Instant died = Instant.now();
      append(log.subList(half, log.size()));

      // then every pulse says so, and since when
      long waiting = log.size() - half;
      Await.until("events wait", PATIENCE, () -> isBehind(stream, waiting));
      int pulses = stream.pulses().size();
      Await.until("another pulse", PATIENCE, () -> stream.pulses().size() > pulses + 1);
      Pulse.OfRun standing = stream.pulses().getLast().runs().getFirst();
      assertThat(standing.behind()).isEqualTo(waiting);
      assertThat(standing.standingSince()).isAfterOrEqualTo(died).isBefore(Instant.now());
      assertThat(stream.pulses().getLast().at()).isAfter(standing.standingSince());
    }
  }

  @Test
  void shouldSayThatItHasCaughtUp() throws Exception {
    // given events that are not folded
    int half = log.size() / 2;
    live.publishAndWrite(log.subList(0, half));
    try (EventStream stream = watch("/api/v1/events?run=%s")) {
      append(log.subList(half, log.size()));
      Await.until("events wait", PATIENCE, () -> isBehind(stream, log.size() - half));

      // when a view comes that is newer than all of them
      live.projector.publish(log.getLast());

      // then
      Await.until("nothing waits", PATIENCE, () -> isBehind(stream, 0));
      assertThat(stream.pulses().getLast().runs().getFirst().standingSince()).isNull();
    }
  }

  @Test
  void shouldSayWhenAFrameWasMade() throws Exception {
    Instant before = Instant.now().minus(Duration.ofSeconds(1));
    live.publishAndWrite(log);
    try (EventStream stream = watch("/api/v1/events?run=%s")) {
      Await.until("a snapshot", PATIENCE, () -> !stream.frames().isEmpty());
      assertThat(stream.frames().getFirst()).isInstanceOfSatisfying(
        Frame.Snapshot.class,
        snapshot -> assertThat(snapshot.at()).isBetween(before, Instant.now())
      );
    }
  }

  private EventStream watch(String address) throws Exception {
    return new EventStream(live.fixture.at(String.format(address, runId)), runId, null, null);
  }

  private static boolean isBehind(EventStream stream, long events) {
    List<Pulse> pulses = stream.pulses();
    Long behind = pulses.isEmpty() ? null : pulses.getLast().runs().getFirst().behind();
    return behind != null && behind == events;
  }

  private static void append(List<RecordedEvent> events) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = live.fixture.kafka.producer("pulse")) {
      for (RecordedEvent event : events) {
        producer.send(EventRecords.toRecord(event)).get();
      }
    }
  }
}
