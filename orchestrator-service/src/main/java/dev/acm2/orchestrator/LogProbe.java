package dev.acm2.orchestrator;

import dev.acm2.eventlog.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the log once a second whether it is there.
final class LogProbe implements LogContact, AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(LogProbe.class);

  private final Admin admin;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();
  private final Thread thread;

  LogProbe(KafkaSettings settings, InstantSource clock) {
    this.clock = clock;
    this.admin = Admin.create(
      Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.bootstrapServers(),
        AdminClientConfig.CLIENT_ID_CONFIG,
        "acm2-orchestrator-probe"
      )
    );
    this.thread = Thread.ofVirtual().name("log-probe").start(this::probe);
  }

  @Override
  public Instant since(Instant now) {
    Instant contact = since.get();
    return contact == null ? now : contact;
  }

  private void probe() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        note(answers());
        TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the log does not answer", e);
      return false;
    }
  }

  private void note(boolean answered) {
    Instant before = since.get();
    if (!answered) {
      if (before != null) {
        LOG.warn("the log does not answer; silent workers are not judged until it does");
      }
      since.set(null);
    } else if (before == null) {
      since.set(clock.instant());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(PATIENCE);
  }
}
