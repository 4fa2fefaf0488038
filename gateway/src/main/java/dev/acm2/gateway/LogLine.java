package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ConsoleLine.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line that a run said to those who watch it.
///
/// @param position of the line among those of its run; opaque
/// @param callId null when the line is about the whole run
/// @param epoch of the call, 0 without one
/// @param attempt of the call, 0 without one
public record LogLine(
  String position,
  Instant at,
  Level level,
  @Nullable CallId callId,
  int epoch,
  int attempt,
  String source,
  String text
) {
  /// The line as it stands in a text file.
  String toText() {
    String call = callId == null ? "" : " " + callId + "-" + epoch + "-" + attempt;
    return "%s %-5s %s%s: %s\n".formatted(at, level, source, call, text);
  }
}
