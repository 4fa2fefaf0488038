package dev.acm2.eventlog;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/// Gives events their id, time and producer. This is the only place where they get them.
public record EventStamp(EventMeta.Producer producer, InstantSource clock, Supplier<UUID> ids) {
  public static EventStamp of(EventMeta.Producer producer) {
    return new EventStamp(producer, InstantSource.system(), UUID::randomUUID);
  }

  public RecordedEvent stamp(RunId runId, RunEvent event) {
    EventMeta meta = new EventMeta(
      ids.get(),
      clock.instant().truncatedTo(ChronoUnit.MILLIS),
      producer,
      null
    );
    return new RecordedEvent(runId, meta, event);
  }
}
