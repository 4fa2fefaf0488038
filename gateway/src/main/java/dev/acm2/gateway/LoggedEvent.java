package dev.acm2.gateway;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.acm2.contract.EventMeta;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it was read from the log, with all that is kept beside it.
///
/// @param appendedAt when the log took it, by the clock of the broker
/// @param occurredAt by the clock of its producer
/// @param callId null when the event is about the run as a whole
/// @param body the event's own JSON, in one line, number for number as it was written
record LoggedEvent(
  int partition,
  long offset,
  Instant appendedAt,
  String runId,
  @Nullable String callId,
  String type,
  UUID eventId,
  Instant occurredAt,
  EventMeta.Producer producer,
  @JsonRawValue String body
) {}
