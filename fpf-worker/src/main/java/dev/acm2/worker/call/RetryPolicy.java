package dev.acm2.worker.call;

import dev.acm2.contract.FailureKind;
import dev.acm2.worker.call.RetryDecision.GiveUp;
import dev.acm2.worker.call.RetryDecision.Reason;
import dev.acm2.worker.call.RetryDecision.RetryAfter;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import java.time.Duration;

/// The only place that decides about retries: exponential backoff with full jitter inside the
/// call's one budget.
public final class RetryPolicy {

  /// No attempt starts with less time than this.
  public static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(2);

  static final Duration BASE = Duration.ofSeconds(1);
  static final Duration CAP = Duration.ofSeconds(30);
  private static final int DOUBLINGS_TO_CAP = 5;

  private RetryPolicy() {}

  /// @param attempt number of the attempt that failed, 1 or more
  /// @param askedAgain whether an answer of the call was [FailureKind#INVALID_OUTPUT] before
  /// @param remaining until the deadline of the call
  /// @param jitterDraw from 0 to below 1
  public static RetryDecision next(
    Failure failure,
    int attempt,
    int maxAttempts,
    boolean askedAgain,
    Duration remaining,
    double jitterDraw
  ) {
    if (!failure.kind().retryable()) {
      return new GiveUp(Reason.PERMANENT, "asking again cannot help");
    }
    if (attempt >= maxAttempts) {
      return new GiveUp(Reason.ATTEMPTS_USED, attempt + " of " + maxAttempts + " attempts used");
    }
    if (failure.kind() == FailureKind.INVALID_OUTPUT && askedAgain) {
      return new GiveUp(Reason.ASKED_AGAIN_IN_VAIN, "it was asked again already");
    }
    Duration spare = remaining.minus(SHORTEST_ATTEMPT);
    if (spare.isNegative()) {
      return new GiveUp(Reason.NO_TIME_LEFT, inMillis(remaining) + " left until the deadline");
    }
    Duration asked = failure.retryAfter();
    if (asked == null) {
      return new RetryAfter(shorter(backoff(attempt, jitterDraw), spare));
    }
    return asked.compareTo(spare) > 0 ? pastDeadline(asked, remaining) : new RetryAfter(asked);
  }

  private static GiveUp pastDeadline(Duration asked, Duration remaining) {
    return new GiveUp(
      Reason.RETRY_AFTER_PAST_DEADLINE,
      "the provider asked to wait " +
        inMillis(asked) +
        ", with " +
        inMillis(remaining) +
        " left until the deadline"
    );
  }

  /// From 0 to the smaller of base * 2^(attempt-1) and the cap.
  private static Duration backoff(int attempt, double jitterDraw) {
    Duration grown = BASE.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS_TO_CAP));
    return Duration.ofNanos((long) (shorter(grown, CAP).toNanos() * jitterDraw));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String inMillis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
