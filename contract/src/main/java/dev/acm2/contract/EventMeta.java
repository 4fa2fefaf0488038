package dev.acm2.contract;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known about an event beside the fact: it travels in record headers.
///
/// @param eventId the same for every copy of the event, however often it was sent
/// @param occurredAt by the clock of the producer; the order of events is the log's, never this
/// @param traceparent W3C trace context, when there is one
public record EventMeta(
  UUID eventId,
  Instant occurredAt,
  Producer producer,
  @Nullable String traceparent
) {
  /// Who wrote the event.
  ///
  /// @param buildId the git commit that it was built from
  public record Producer(String service, String instance, String buildId) {}
}
