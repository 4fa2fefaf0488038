package dev.acm2.orchestrator;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import org.jspecify.annotations.Nullable;

/// How a model failed, in a form in which equal failures are equal.
final class Fingerprint {

  private Fingerprint() {}

  /// @return null for an end that is not the model's failure
  static @Nullable String of(CallEnded end) {
    return switch (end) {
      case CallFailed failed -> of(failed.kind(), failed.httpStatus());
      case CallTimedOut timedOut -> timedOut.enforcedBy() == Enforcer.SWEEPER ? null : "TIMED_OUT";
      case CallSucceeded _, CallCancelled _, CallSkipped _ -> null;
    };
  }

  /// @return null for a failure that is not the model's
  static @Nullable String of(FailureKind kind, @Nullable Integer httpStatus) {
    return switch (kind) {
      case
        RATE_LIMITED,
        OVERLOADED,
        SERVER_ERROR,
        NETWORK,
        ATTEMPT_TIMEOUT,
        EMPTY_OUTPUT,
        TRUNCATED_OUTPUT,
        INVALID_OUTPUT,
        NO_GROUNDING,
        NO_REASONING,
        AUTH,
        BAD_REQUEST,
        CONTENT_REFUSED -> httpStatus == null ? kind.name() : kind + " " + httpStatus;
      case WORKER_LOST, BUDGET, INTERNAL -> null;
    };
  }
}
