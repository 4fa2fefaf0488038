package dev.acm2.contract;

import java.time.Duration;

/// The limits of one call; see [Limits] for the meaning of each.
public record CallLimits(
  Duration callDeadline,
  Duration attemptTimeout,
  int maxAttempts,
  Duration queueTtl
) {}
