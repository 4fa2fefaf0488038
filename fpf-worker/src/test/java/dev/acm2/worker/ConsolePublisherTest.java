package dev.acm2.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.testkit.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsolePublisherTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final RunId RUN = RunId.of(Instant.EPOCH, 1, 1);
  private static final RunId OTHER = RunId.of(Instant.EPOCH, 2, 2);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SlowProducer producer = new SlowProducer();
  private final ConsolePublisher console = ConsolePublisher.start(producer, "w", 4, meters);

  @AfterEach
  void stop() {
    producer.answer.countDown();
    console.close();
  }

  @Test
  void shouldWriteLinesInTheirOrderUnderTheRun() {
    producer.answer.countDown();
    console.say(line(RUN, "one"));
    console.say(line(OTHER, "two"));
    console.say(line(RUN, "three"));
    Await.until("all lines", PATIENCE, () -> producer.history().size() == 3);
    assertThat(texts()).containsExactly("one", "two", "three");
    ProducerRecord<byte[], byte[]> first = producer.history().getFirst();
    assertThat(first.topic()).isEqualTo(Topics.LOGS.topic());
    assertThat(new String(first.key(), StandardCharsets.UTF_8)).isEqualTo(RUN.toString());
    assertThat(dropped()).isZero();
  }

  @Test
  void shouldNeverBlockACallAndTellWhatIsMissing() {
    // given: a log that does not answer, and a first line that waits for it
    console.say(line(RUN, "first"));
    Await.until("the wait", PATIENCE, () -> producer.waiting.getCount() == 0);
    // when
    long begun = System.nanoTime();
    IntStream.range(0, 1000).forEach(number -> console.say(line(RUN, "line " + number)));
    // then: 4 lines have a place
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(dropped()).isEqualTo(996);
    // when
    producer.answer.countDown();
    // then: one line tells it
    Await.until("all lines", PATIENCE, () -> producer.history().size() == 6);
    assertThat(texts())
      .filteredOn(text -> text.contains("missing"))
      .singleElement()
      .satisfies(text -> assertThat(text).startsWith("996 lines"));
  }

  @Test
  void shouldTellLinesThatTheLogDidNotTake() {
    producer.sendException = new TimeoutException("no broker");
    producer.answer.countDown();
    console.say(line(RUN, "lost"));
    Await.until("the drop", PATIENCE, () -> dropped() == 1);
    // when: the broker comes back, and nothing more is said
    producer.sendException = null;
    // then
    Await.until("the word", PATIENCE, () -> producer.history().size() == 1);
    assertThat(texts().getFirst()).startsWith("1 lines");
    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void shouldWriteWhatWaitsBeforeItCloses() {
    console.say(line(RUN, "one"));
    console.say(line(RUN, "two"));
    producer.answer.countDown();
    console.close();
    assertThat(texts()).containsExactly("one", "two");
    assertThat(producer.closed()).isTrue();
  }

  private double dropped() {
    return meters.counter("acm2.worker.console.dropped").count();
  }

  private List<String> texts() {
    return producer
      .history()
      .stream()
      .map(record -> ContractJson.EVENTS.readValue(record.value(), ConsoleLine.class).text())
      .toList();
  }

  private static ConsoleLine line(RunId runId, String text) {
    return new ConsoleLine(runId, null, 0, 0, "w", Instant.EPOCH, Level.INFO, text);
  }

  /// Sends nothing before it is told to.
  private static final class SlowProducer extends MockProducer<byte[], byte[]> {

    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    SlowProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      waiting.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return super.send(record, callback);
    }
  }
}
