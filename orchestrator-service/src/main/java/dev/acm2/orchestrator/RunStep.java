package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an input makes of a run: the state after it, and what has to be done.
///
/// @param calls the calls that changed; empty for a call that has ended
record RunStep(
  RunProgress progress,
  Map<CallId, Optional<CallProgress>> calls,
  List<Decision> decisions
) {}
