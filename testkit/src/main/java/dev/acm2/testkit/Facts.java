package dev.acm2.testkit;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Stamps events with ids and times that are the same in every run of a test.
public final class Facts {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final EventMeta.Producer producer;
  private long count;
  private Instant now = START;

  public Facts(String service) {
    producer = new EventMeta.Producer(service, service + "-1", "test-build");
  }

  /// Run ids 1, 2, 3...
  public static RunId runId(int number) {
    return RunId.of(START, number, number);
  }

  public RecordedEvent stamp(RunId runId, RunEvent event) {
    count++;
    EventMeta meta = new EventMeta(
      new UUID(runId.value().getLeastSignificantBits(), count),
      now,
      producer,
      null
    );
    return new RecordedEvent(runId, meta, event);
  }

  public Facts after(Duration time) {
    now = now.plus(time);
    return this;
  }

  public Instant now() {
    return now;
  }
}
