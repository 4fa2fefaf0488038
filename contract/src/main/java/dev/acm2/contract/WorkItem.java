package dev.acm2.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A released call on its way to a worker.
///
/// @param document name of the source document
/// @param subject as in [RunEvent.CallQueued]
/// @param startBy a worker that reads it later than this does not start it
/// @param runDeadlineAt ends the call even when its own deadline is later
public record WorkItem(
  RunId runId,
  CallId callId,
  int epoch,
  Phase phase,
  String document,
  ModelId model,
  int iteration,
  @Nullable String subject,
  Prompt prompt,
  CallOptions options,
  CallLimits limits,
  Instant startBy,
  Instant runDeadlineAt
) {}
