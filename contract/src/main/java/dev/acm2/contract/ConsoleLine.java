package dev.acm2.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line that a run said to those who watch it; nothing is derived from it. Its key is the run's id.
///
/// @param callId null when the line is about the whole run
/// @param epoch of the call, 0 without one
/// @param attempt of the call, 0 without one
/// @param source who said it: a worker's id
/// @param text one line without credentials, at most [#MAX_LENGTH] characters
public record ConsoleLine(
  RunId runId,
  @Nullable CallId callId,
  int epoch,
  int attempt,
  String source,
  Instant at,
  Level level,
  String text
) {
  public static final int MAX_LENGTH = 2000;

  /// How much attention the line wants.
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR,
  }
}
