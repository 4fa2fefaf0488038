package dev.acm2.worker.call;

import java.time.Duration;

/// What follows a failed attempt.
public sealed interface RetryDecision {
  /// Another attempt, after a pause of 0 or more.
  record RetryAfter(Duration delay) implements RetryDecision {}

  /// No other attempt.
  ///
  /// @param message for people
  record GiveUp(Reason reason, String message) implements RetryDecision {}

  /// Why there is no other attempt.
  enum Reason {
    /// Asking again cannot help.
    PERMANENT,
    ATTEMPTS_USED,
    /// A model that did not keep to the form twice does not learn it.
    ASKED_AGAIN_IN_VAIN,
    /// The provider asked for a pause that ends after the deadline.
    RETRY_AFTER_PAST_DEADLINE,
    /// Too little is left until the deadline.
    NO_TIME_LEFT,
  }
}
