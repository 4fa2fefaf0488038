package dev.acm2.worker;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.worker.call.CallClock;
import dev.acm2.worker.call.InFlightCalls;
import dev.acm2.worker.intake.Pulse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that this worker is alive. Its producer gives up soon: a late sign of life is none.
final class Heartbeat implements AutoCloseable {

  static final Duration PERIOD = Duration.ofMillis(500);
  static final Duration DELIVERY = Duration.ofSeconds(4);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Producer<byte[], byte[]> producer;
  private final Self self;
  private final InFlightCalls calls;
  private final CallClock clock;
  private final Pulse pulse;
  private volatile boolean draining;

  /// What stays the same in every beat.
  ///
  /// @param providers names of those that calls can be sent to
  record Self(String workerId, String buildId, int slots, List<String> providers) {}

  Heartbeat(
    Producer<byte[], byte[]> producer,
    Self self,
    InFlightCalls calls,
    CallClock clock,
    Pulse pulse
  ) {
    this.producer = producer;
    this.self = self;
    this.calls = calls;
    this.clock = clock;
    this.pulse = pulse;
  }

  /// From now on every beat says that this worker leaves.
  void drain() {
    draining = true;
  }

  void beat() {
    WorkerHeartbeat beat = new WorkerHeartbeat(
      self.workerId(),
      self.buildId(),
      clock.now(),
      self.slots(),
      calls.size(),
      draining,
      self.providers()
    );
    Future<RecordMetadata> _ = producer.send(
      new ProducerRecord<>(
        Topics.WORKERS.topic(),
        self.workerId().getBytes(StandardCharsets.UTF_8),
        ContractJson.EVENTS.writeValueAsBytes(beat)
      ),
      (_, error) -> noted(error)
    );
  }

  private void noted(@Nullable Exception error) {
    if (error == null) {
      pulse.beat();
    } else {
      pulse.failed("the heartbeat is not written: " + error.getMessage());
      LOG.warn("the heartbeat is not written: {}", error.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(DELIVERY);
  }
}
