package dev.acm2.projection;

/// Where a call stands.
public enum CallState {
  /// Something was said of a call that was never queued.
  STRAY,
  QUEUED,
  DISPATCHED,
  IN_FLIGHT,
  OK,
  FAILED,
  TIMED_OUT,
  CANCELLED,
  SKIPPED;

  /// Whether the call has its winning end.
  public boolean ended() {
    return switch (this) {
      case STRAY, QUEUED, DISPATCHED, IN_FLIGHT -> false;
      case OK, FAILED, TIMED_OUT, CANCELLED, SKIPPED -> true;
    };
  }
}
