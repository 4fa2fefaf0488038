package dev.acm2.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.testkit.Await;
import dev.acm2.worker.intake.Pulse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final RunId RUN = RunId.of(Instant.EPOCH, 1, 1);
  private static final RunEvent EVENT = new RunEvent.CallCancelled(
    CallId.of(RUN, CallPlace.generation("d", ModelId.parse("openai:gpt-5"), 1)),
    1,
    1,
    "enough",
    Spend.NONE,
    List.of()
  );

  private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
    false,
    null,
    new ByteArraySerializer(),
    new ByteArraySerializer()
  );
  private final Pulse pulse = new Pulse(Duration.ofDays(1));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final EventPublisher publisher = new EventPublisher(
    producer,
    EventStamp.of(new EventMeta.Producer("fpf-worker", "w", "b")),
    pulse,
    meters
  );

  @Test
  void shouldReturnWhenTheEventIsWritten() throws InterruptedException {
    Thread caller = Thread.ofVirtual().start(() -> publisher.publish(RUN, EVENT));
    Await.until("the record", PATIENCE, () -> producer.history().size() == 1);
    assertThat(caller.isAlive()).isTrue();
    producer.completeNext();
    assertThat(caller.join(PATIENCE)).isTrue();
    assertThat(pulse.problem()).isEmpty();
    assertThat(lost()).isZero();
  }

  @Test
  void shouldNeverLoseAnEventSilently() throws InterruptedException {
    Thread caller = Thread.ofVirtual().start(() -> publisher.publish(RUN, EVENT));
    Await.until("the record", PATIENCE, () -> producer.history().size() == 1);
    producer.errorNext(new TimeoutException("10 minutes are over"));
    assertThat(caller.join(PATIENCE)).isTrue();
    assertThat(pulse.problem()).hasValueSatisfying(problem ->
      assertThat(problem).contains("lost", "10 minutes are over")
    );
    assertThat(lost()).isEqualTo(1);
  }

  @Test
  void shouldReportAProducerThatRefuses() {
    producer.sendException = new KafkaException("broken producer");
    publisher.publish(RUN, EVENT);
    assertThat(pulse.problem()).isPresent();
    assertThat(lost()).isEqualTo(1);
  }

  private double lost() {
    return meters.counter("acm2.worker.events.lost").count();
  }
}
