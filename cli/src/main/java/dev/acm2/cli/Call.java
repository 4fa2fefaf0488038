package dev.acm2.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command needs to know of a call, as the gateway tells it.
record Call(
  String callId,
  @Nullable String phase,
  @Nullable String document,
  @Nullable String model,
  int iteration,
  String state,
  int epoch,
  int attempt,
  int attempts,
  @Nullable Instant startedAt,
  @Nullable Instant deadlineAt,
  @Nullable Instant nextAttemptAt,
  @Nullable Instant finishedAt,
  @Nullable LastError lastError,
  BigDecimal costUsd,
  @Nullable String enforcedBy,
  @Nullable Progress progress,
  long version
) {
  /// The latest failure; not active any more once a later attempt succeeded.
  record LastError(
    String kind,
    String message,
    @Nullable Integer httpStatus,
    int attempt,
    boolean active
  ) {}

  /// How far the attempt under way is.
  ///
  /// @param share from 0 to 1, null when it is not known
  record Progress(String message, @Nullable Double share) {}

  /// A page of calls.
  record Page(List<Call> items, @Nullable String nextCursor) {}

  boolean inFlight() {
    return state.equals("IN_FLIGHT");
  }

  /// The call's place in the plan: document, model and iteration.
  String place() {
    return Format.line(document + "  " + model + " #" + iteration);
  }
}
