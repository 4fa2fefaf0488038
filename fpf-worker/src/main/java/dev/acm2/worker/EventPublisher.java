package dev.acm2.worker;

import dev.acm2.contract.EventType;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.worker.call.EventSink;
import dev.acm2.worker.intake.Pulse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events to the log. Keeps trying for as long as its producer does; an event that is lost
/// after that is an error in the log, a count, and an unhealthy worker, never silence.
final class EventPublisher implements EventSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final EventStamp stamp;
  private final Pulse pulse;
  private final Counter lost;

  EventPublisher(
    Producer<byte[], byte[]> producer,
    EventStamp stamp,
    Pulse pulse,
    MeterRegistry meters
  ) {
    this.producer = producer;
    this.stamp = stamp;
    this.pulse = pulse;
    this.lost = meters.counter("acm2.worker.events.lost");
    pulse.beat();
  }

  @Override
  public void publish(RunId runId, RunEvent event) {
    ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(stamp.stamp(runId, event));
    try {
      producer.send(record).get();
      pulse.beat();
    } catch (ExecutionException e) {
      reportLost(runId, event, e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      reportLost(runId, event, e);
    } catch (InterruptedException e) {
      // Only a thread whose call was ended by the watchdog is interrupted; the record is on its
      // way.
      Thread.currentThread().interrupt();
      LOG.warn("did not wait for {} of run {} to be written", EventType.of(event), runId);
    }
  }

  private void reportLost(RunId runId, RunEvent event, Throwable cause) {
    lost.increment();
    pulse.failed("an event was lost: " + cause.getMessage());
    LOG.error("event of run {} is lost: {}", runId, event, cause);
  }

  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
  }
}
