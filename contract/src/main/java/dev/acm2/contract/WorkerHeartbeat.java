package dev.acm2.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// A worker is alive. Written each half second.
///
/// @param slots calls that it can run at once
/// @param inFlight calls that it runs now
/// @param draining it takes no new calls and will leave
/// @param providers names of those that it can reach: their key is set, or they need none; absent means none
public record WorkerHeartbeat(
  String workerId,
  String buildId,
  Instant at,
  int slots,
  int inFlight,
  boolean draining,
  List<String> providers
) {
  public WorkerHeartbeat {
    providers = Objects.requireNonNullElse(providers, List.of());
  }

  public WorkerHeartbeat(
    String workerId,
    String buildId,
    Instant at,
    int slots,
    int inFlight,
    boolean draining
  ) {
    this(workerId, buildId, at, slots, inFlight, draining, List.of());
  }
}
