package dev.acm2.contract;

import java.time.Duration;

/// What a run may use. Every value is set; the defaults are filled in once, when the run is requested.
///
/// @param callDeadline total time of a call from its start, over all attempts and pauses
/// @param attemptTimeout one exchange, to its last byte; at most callDeadline
/// @param maxAttempts requests a call may send in one epoch, 1 or more
/// @param queueTtl longest time from release to start
/// @param runDeadline total time of the run from its request
/// @param maxPaidCalls requests to providers that the whole run may send
/// @param maxCostUsd money that the whole run may spend
/// @param concurrency calls of this run that may be released and not yet ended
/// @param weight share of a lane relative to other runs of the same priority, 1 to 100
public record Limits(
  Duration callDeadline,
  Duration attemptTimeout,
  int maxAttempts,
  Duration queueTtl,
  Duration runDeadline,
  int maxPaidCalls,
  Usd maxCostUsd,
  int concurrency,
  OnWorkerLost onWorkerLost,
  Priority priority,
  int weight
) {
  /// What happens to a call whose worker fell silent.
  public enum OnWorkerLost {
    RETRY_ONCE,
    FAIL,
  }

  /// Class of a run; a lane serves a higher class first.
  public enum Priority {
    HIGH,
    NORMAL,
    LOW,
  }
}
