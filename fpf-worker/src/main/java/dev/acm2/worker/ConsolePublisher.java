package dev.acm2.worker;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.worker.call.ConsoleSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes lines to the log, on a thread of its own, in the order in which they were said.
///
/// Guarantees: nobody waits for it; at most [#CAPACITY] lines wait. A line that finds no place or
/// cannot be written is dropped and counted, and before the next line of its run, or when nothing
/// more is to be written, one line says how many are missing.
final class ConsolePublisher implements ConsoleSink, AutoCloseable {

  static final int CAPACITY = 4096;
  /// How long a line may take to be written.
  static final Duration DELIVERY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ConsolePublisher.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
  private static final int IDLE_MS = 500;

  private final Producer<byte[], byte[]> producer;
  private final String workerId;
  private final Counter dropped;
  private final BlockingQueue<ConsoleLine> queue;
  private final Map<RunId, Missing> missing = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closing;

  /// Lines that a run lacks.
  ///
  /// @param last the last one of them
  private record Missing(int lines, ConsoleLine last) {}

  private ConsolePublisher(
    Producer<byte[], byte[]> producer,
    String workerId,
    int capacity,
    MeterRegistry meters
  ) {
    this.producer = producer;
    this.workerId = workerId;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.dropped = meters.counter("acm2.worker.console.dropped");
    this.thread = Thread.ofPlatform().name("worker-console").daemon().unstarted(this::run);
  }

  static ConsolePublisher start(
    Producer<byte[], byte[]> producer,
    String workerId,
    int capacity,
    MeterRegistry meters
  ) {
    ConsolePublisher publisher = new ConsolePublisher(producer, workerId, capacity, meters);
    publisher.thread.start();
    return publisher;
  }

  @Override
  public void say(ConsoleLine line) {
    if (!queue.offer(line)) {
      drop(line);
    }
  }

  private void drop(ConsoleLine line) {
    dropped.increment();
    miss(new Missing(1, line));
  }

  private void miss(Missing more) {
    missing.merge(more.last().runId(), more, (known, added) ->
      new Missing(known.lines() + added.lines(), added.last())
    );
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        ConsoleLine line = queue.poll(IDLE_MS, TimeUnit.MILLISECONDS);
        if (line == null) {
          missing.keySet().forEach(this::tellMissing);
          goesOn = !closing;
        } else {
          tellMissing(line.runId());
          write(line);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        goesOn = false;
      }
    }
  }

  private void tellMissing(RunId runId) {
    Missing lost = missing.remove(runId);
    if (lost != null) {
      String text = lost.lines() + " lines before this one could not be written and are missing";
      Instant at = lost.last().at();
      ConsoleLine line = new ConsoleLine(runId, null, 0, 0, workerId, at, Level.WARN, text);
      write(line, error -> {
        if (error == null) {
          LOG.warn("console of run {}: {}", runId, text);
        } else {
          miss(lost);
        }
      });
    }
  }

  private void write(ConsoleLine line) {
    write(line, error -> {
      if (error != null) {
        LOG.debug("a line of run {} is not written", line.runId(), error);
        drop(line);
      }
    });
  }

  private void write(ConsoleLine line, Consumer<@Nullable Exception> written) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
      Topics.LOGS.topic(),
      line.runId().toString().getBytes(StandardCharsets.UTF_8),
      ContractJson.EVENTS.writeValueAsBytes(line)
    );
    try {
      Future<RecordMetadata> _ = producer.send(record, (_, error) -> written.accept(error));
    } catch (KafkaException e) {
      written.accept(e);
    }
  }

  /// Writes what waits, within a few seconds.
  @Override
  public void close() {
    closing = true;
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(CLOSE_PATIENCE);
    int never = queue.size() + missing.values().stream().mapToInt(Missing::lines).sum();
    if (never > 0) {
      LOG.warn("{} lines for the console could not be written and are missing", never);
    }
  }
}
