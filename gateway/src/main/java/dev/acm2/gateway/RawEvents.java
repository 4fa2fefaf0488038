package dev.acm2.gateway;

import dev.acm2.contract.EventMeta;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The events of one call as they are in the log, oldest first.
public record RawEvents(List<RawEvent> items) {
  /// An event, where it stands and who wrote it.
  ///
  /// @param at when it happened, by the clock of its producer
  /// @param type logical name, for example `call-started`
  /// @param event its fields
  public record RawEvent(
    int partition,
    long offset,
    Instant at,
    String type,
    EventMeta.Producer producer,
    JsonNode event
  ) {}
}
