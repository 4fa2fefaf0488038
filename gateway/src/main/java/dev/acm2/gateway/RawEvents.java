package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.EventMeta;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Events as they are in the log, oldest first.
///
/// @param nextCursor null when there are no more
public record RawEvents(List<RawEvent> items, @Nullable String nextCursor) {
  /// An event, where it stands and who wrote it.
  ///
  /// @param at when it happened, by the clock of its producer
  /// @param type logical name, for example `call-started`
  /// @param callId null when the event is about the run as a whole
  /// @param event its fields
  public record RawEvent(
    int partition,
    long offset,
    Instant at,
    String type,
    @Nullable CallId callId,
    EventMeta.Producer producer,
    JsonNode event
  ) {}
}
