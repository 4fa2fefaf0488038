package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has to be looked at, as a key that sorts by when.
///
/// @param callId null for the run itself
record DueKey(RunId runId, @Nullable CallId callId) {
  String at(Instant due) {
    return hex(due) + "/" + runId + "/" + (callId == null ? "" : callId);
  }

  static DueKey parse(String key) {
    String[] parts = key.split("/", -1);
    return new DueKey(RunId.parse(parts[1]), parts[2].isEmpty() ? null : CallId.parse(parts[2]));
  }

  /// Sorts behind every key that is due at this time or earlier.
  static String before(Instant now) {
    return hex(now) + "0";
  }

  private static String hex(Instant due) {
    return "%016x".formatted(Math.max(0, due.toEpochMilli()));
  }
}
