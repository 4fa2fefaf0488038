package dev.acm2.worker.provider;

import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one attempt came to. Never derived from the size of an output.
public sealed interface AttemptOutcome {
  Bill bill();

  /// The complete text, with every evidence that was demanded.
  ///
  /// @param httpStatus null for a program
  record Success(
    String text,
    @Nullable Integer httpStatus,
    Bill bill,
    Evidence evidence
  ) implements AttemptOutcome {
    /// The same answer as a failure: it is complete, and not what was asked for.
    ///
    /// @param problem for people
    public Failure unusable(String problem) {
      String message = ProviderErrorText.shortened(problem);
      return new Failure(FailureKind.INVALID_OUTPUT, httpStatus, message, null, bill);
    }
  }

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
    Bill bill
  ) implements AttemptOutcome {
    public Failure(FailureKind kind, @Nullable Integer httpStatus, String message) {
      this(kind, httpStatus, message, null, Bill.NONE);
    }
  }
}
