package dev.acm2.worker.provider;

import dev.acm2.contract.FailureKind;

/// What an HTTP status of an error means.
final class HttpStatusKind {

  private HttpStatusKind() {}

  /// @param status any but 2xx
  static FailureKind of(int status, boolean quotaExhausted) {
    return switch (status) {
      // 402: the account is empty, and does not fill up by asking again.
      case 401, 402, 403 -> FailureKind.AUTH;
      case 429 -> quotaExhausted ? FailureKind.AUTH : FailureKind.RATE_LIMITED;
      case 503, 529 -> FailureKind.OVERLOADED;
      default -> status >= 500 ? FailureKind.SERVER_ERROR : FailureKind.BAD_REQUEST;
    };
  }
}
