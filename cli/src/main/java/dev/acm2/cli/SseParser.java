package dev.acm2.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Server-sent events out of lines, as the HTML standard has it. Comments give nothing.
final class SseParser {

  private @Nullable String id;
  private String event = "";
  private final StringBuilder data = new StringBuilder();

  /// One event of the stream.
  ///
  /// @param id the last one that was given, null when none was
  record SseEvent(@Nullable String id, String event, String data) {}

  /// The event that this line completes. The line comes without its end.
  Optional<SseEvent> line(String line) {
    if (line.isEmpty()) {
      return complete();
    }
    int colon = line.indexOf(':');
    if (colon != 0) {
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      field(field, value.startsWith(" ") ? value.substring(1) : value);
    }
    return Optional.empty();
  }

  private void field(String field, String value) {
    switch (field) {
      case "id" -> id = value;
      case "event" -> event = value;
      case "data" -> data.append(value).append('\n');
      default -> {
        // The standard: unknown fields are ignored.
      }
    }
  }

  private Optional<SseEvent> complete() {
    Optional<SseEvent> completed = data.isEmpty()
      ? Optional.empty()
      : Optional.of(
          new SseEvent(
            id,
            event.isEmpty() ? "message" : event,
            data.substring(0, data.length() - 1)
          )
        );
    event = "";
    data.setLength(0);
    return completed;
  }
}
