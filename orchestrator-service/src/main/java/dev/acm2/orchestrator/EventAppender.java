package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.EventStamp;
import dev.acm2.eventlog.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Appends what clients ask for to the log, and tells lanes.
final class EventAppender implements AutoCloseable {

  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaProducer<byte[], byte[]> producer;
  private final EventStamp stamp;

  EventAppender(KafkaSettings settings, EventStamp stamp) {
    this.producer = settings.producer("acm2-orchestrator-api", DELIVERY_TIMEOUT);
    this.stamp = stamp;
  }

  /// Returns when all in-sync replicas have the event.
  ///
  /// @throws Problem log-unavailable when they did not within 10 s; the event may still get there
  void append(RunId runId, RunEvent event) {
    send(EventRecords.toRecord(stamp.stamp(runId, event)));
  }

  /// Returns when all in-sync replicas have the command.
  ///
  /// @throws Problem log-unavailable when they did not within 10 s; the command may still get there
  void tell(String lane, LaneCommand command) {
    send(
      new ProducerRecord<>(
        Topics.LANES.topic(),
        lane.getBytes(StandardCharsets.UTF_8),
        ContractJson.EVENTS.writeValueAsBytes(command)
      )
    );
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      var unused = producer.send(record).get();
    } catch (ExecutionException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static Problem unavailable(Exception e) {
    return Problem.unavailable("log-unavailable", "the log did not take the request", e);
  }

  @Override
  public void close() {
    producer.close(DELIVERY_TIMEOUT);
  }
}
