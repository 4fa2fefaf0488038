package dev.acm2.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the command needs to know of a run, as the gateway tells it.
record Run(
  String runId,
  String name,
  String status,
  @Nullable String outcome,
  @Nullable String message,
  List<String> phases,
  AsOf asOf,
  Stats stats,
  Map<String, Stats> byModel,
  Instant requestedAt,
  @Nullable Instant startedAt,
  @Nullable Instant finishedAt,
  int anomalies
) {
  private static final String FINISHED = "FINISHED";
  private static final String COMPLETED = "COMPLETED";

  /// Where in the log the values stand.
  record AsOf(int generation, int partition, long offset) {}

  /// The counters of a run or of a part of it.
  record Stats(
    int planned,
    int queued,
    int inFlight,
    int ok,
    int failed,
    int timedOut,
    int cancelled,
    int skipped,
    int retries,
    int attempts,
    BigDecimal costUsd,
    long inputTokens,
    long outputTokens
  ) {
    int ended() {
      return ok + failed + timedOut + cancelled + skipped;
    }
  }

  boolean finished() {
    return status.equals(FINISHED);
  }

  /// The exit code of a command that waited for the end of this run.
  int exitCode() {
    return COMPLETED.equals(outcome) ? ExitCode.OK : ExitCode.NEGATIVE;
  }
}
