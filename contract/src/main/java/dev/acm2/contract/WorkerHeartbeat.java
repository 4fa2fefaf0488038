package dev.acm2.contract;

import java.time.Instant;

/// A worker is alive. Written each half second.
///
/// @param slots calls that it can run at once
/// @param inFlight calls that it runs now
/// @param draining it takes no new calls and will leave
public record WorkerHeartbeat(
  String workerId,
  String buildId,
  Instant at,
  int slots,
  int inFlight,
  boolean draining
) {}
