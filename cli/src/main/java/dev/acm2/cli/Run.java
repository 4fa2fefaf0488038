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
  Map<String, Stats> byPhase,
  Map<String, Stats> byModel,
  Instant requestedAt,
  @Nullable Instant startedAt,
  @Nullable Instant finishedAt,
  int anomalies,
  List<Action> actions,
  boolean archived
) {
  private static final String FINISHED = "FINISHED";
  private static final String END = "run-finished";
  private static final String COMPLETED = "COMPLETED";

  /// Where in the log the values stand.
  record AsOf(int generation, int partition, long offset) {}

  /// What was asked of the run, and its ends.
  record Action(String type) {}

  /// What the money went for.
  record Cost(
    BigDecimal succeededUsd,
    BigDecimal failedUsd,
    BigDecimal retriedUsd,
    BigDecimal orphanedUsd,
    BigDecimal lateUsd,
    BigDecimal replacedUsd
  ) {}

  /// The counters of a run or of a part of it.
  ///
  /// @param overshoot timed out calls by the upper bound of what they went over their deadlines, in
  ///     milliseconds
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
    long outputTokens,
    BigDecimal reservedUsd,
    BigDecimal savedUsd,
    Cost cost,
    Map<Integer, Integer> overshoot
  ) {
    int ended() {
      return ok + failed + timedOut + cancelled + skipped;
    }
  }

  /// How often the run has come to an end.
  int ends() {
    return (int) actions
      .stream()
      .filter(action -> action.type().equals(END))
      .count();
  }

  boolean finished() {
    return status.equals(FINISHED);
  }

  /// The exit code of a command that waited for the end of this run.
  int exitCode() {
    return COMPLETED.equals(outcome) ? ExitCode.OK : ExitCode.NEGATIVE;
  }
}
