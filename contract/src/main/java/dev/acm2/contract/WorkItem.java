package dev.acm2.contract;

import java.time.Instant;

/// A released call on its way to a worker.
///
/// @param startBy a worker that reads it later than this does not start it
/// @param runDeadlineAt ends the call even when its own deadline is later
public record WorkItem(
  RunId runId,
  CallId callId,
  int epoch,
  Phase phase,
  ModelId model,
  Prompt prompt,
  CallOptions options,
  CallLimits limits,
  Instant startBy,
  Instant runDeadlineAt
) {}
