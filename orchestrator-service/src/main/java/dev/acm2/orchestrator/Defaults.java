package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.Usd;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every value that a submission may leave out. Filled in once, when the run is requested, and shown in
/// its frozen specification.
record Defaults(
  int iterations,
  int maxOutputTokens,
  Demand grounding,
  Demand reasoning,
  Limits limits
) {
  static final Defaults STANDARD = new Defaults(
    2,
    8000,
    Demand.OFF,
    Demand.OFF,
    new Limits(
      Duration.ofMinutes(10),
      Duration.ofMinutes(5),
      3,
      Duration.ofHours(1),
      Duration.ofHours(2),
      500,
      Usd.of("5"),
      20,
      Limits.OnWorkerLost.RETRY_ONCE,
      Limits.Priority.NORMAL,
      1
    )
  );

  /// The default attempt time-out is cut to the call's deadline: a default never contradicts a value
  /// that somebody gave.
  Limits fill(RunSubmission.@Nullable Limits given) {
    RunSubmission.Limits asked = given == null ? nothing() : given;
    Duration callDeadline = or(asked.callDeadline(), limits.callDeadline());
    Duration attempt = limits.attemptTimeout();
    Duration shorter = attempt.compareTo(callDeadline) < 0 ? attempt : callDeadline;
    return new Limits(
      callDeadline,
      or(asked.attemptTimeout(), shorter),
      or(asked.maxAttempts(), limits.maxAttempts()),
      or(asked.queueTtl(), limits.queueTtl()),
      or(asked.runDeadline(), limits.runDeadline()),
      or(asked.maxPaidCalls(), limits.maxPaidCalls()),
      asked.maxCostUsd() == null ? limits.maxCostUsd() : Usd.of(asked.maxCostUsd()),
      or(asked.concurrency(), limits.concurrency()),
      or(asked.onWorkerLost(), limits.onWorkerLost()),
      or(asked.priority(), limits.priority()),
      or(asked.weight(), limits.weight())
    );
  }

  private static RunSubmission.Limits nothing() {
    return new RunSubmission.Limits(
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null
    );
  }

  private static <T> T or(@Nullable T given, T standard) {
    return Objects.requireNonNullElse(given, standard);
  }
}
