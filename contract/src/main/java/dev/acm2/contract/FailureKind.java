package dev.acm2.contract;

/// Why an attempt or a call did not succeed. Never derived from the size of an output.
public enum FailureKind {
  RATE_LIMITED(true),
  OVERLOADED(true),
  SERVER_ERROR(true),
  NETWORK(true),
  ATTEMPT_TIMEOUT(true),
  /// HTTP 2xx and a readable answer without any text in it.
  EMPTY_OUTPUT(true),
  /// The provider stopped at the output limit, or the answer broke off.
  TRUNCATED_OUTPUT(false),
  /// The answer cannot be read as what was asked for.
  INVALID_OUTPUT(true),
  NO_GROUNDING(true),
  NO_REASONING(true),
  AUTH(false),
  BAD_REQUEST(false),
  CONTENT_REFUSED(false),
  /// The worker fell silent, and the run's policy is not to send the call again.
  WORKER_LOST(false),
  /// No attempt was allowed any more by the limits of the run.
  BUDGET(false),
  /// A defect of ACM2 itself.
  INTERNAL(false);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /// Whether a further attempt can succeed.
  public boolean retryable() {
    return retryable;
  }
}
