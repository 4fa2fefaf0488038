package dev.acm2.worker.provider;

import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one attempt came to. Never derived from the size of an output.
public sealed interface AttemptOutcome {
  /// Tokens that the provider says it billed, [Usage#NONE] when it does not say.
  Usage usage();

  /// What the provider says it charged: better than any price list. Null when it does not say.
  @Nullable
  Usd cost();

  /// The complete text, with every evidence that was demanded.
  record Success(
    String text,
    Usage usage,
    Evidence evidence,
    @Nullable Usd cost
  ) implements AttemptOutcome {}

  /// No usable text.
  ///
  /// @param httpStatus null when no answer had begun
  /// @param message for people; without credentials
  /// @param retryAfter what the provider asked for, 0 or more; null when it did not
  record Failure(
    FailureKind kind,
    @Nullable Integer httpStatus,
    String message,
    @Nullable Duration retryAfter,
    Usage usage,
    @Nullable Usd cost
  ) implements AttemptOutcome {
    public Failure(
      FailureKind kind,
      @Nullable Integer httpStatus,
      String message,
      @Nullable Duration retryAfter,
      Usage usage
    ) {
      this(kind, httpStatus, message, retryAfter, usage, null);
    }

    public Failure(FailureKind kind, @Nullable Integer httpStatus, String message) {
      this(kind, httpStatus, message, null, Usage.NONE);
    }
  }
}
