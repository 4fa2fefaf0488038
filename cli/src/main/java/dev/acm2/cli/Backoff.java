package dev.acm2.cli;

import java.time.Duration;

/// The wait before a reconnect.
final class Backoff {

  private static final long FIRST_MS = 500;
  private static final long LONGEST_MS = 30_000;
  private static final int DOUBLINGS = 8;

  private Backoff() {}

  /// 0.5 s to 30 s: the upper end doubles with each failure, and `random` spreads the clients that lost
  /// the same server.
  ///
  /// @param failures reconnects in a row that failed, from 0
  /// @param random in [0, 1)
  static Duration delay(int failures, double random) {
    long top = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures + 1, DOUBLINGS));
    return Duration.ofMillis(Math.round(FIRST_MS + random * (top - FIRST_MS)));
  }
}
