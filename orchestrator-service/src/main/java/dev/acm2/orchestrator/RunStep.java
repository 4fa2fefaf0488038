package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.orchestrator.RunState.ReadyCall;
import dev.acm2.orchestrator.RunState.ReadyPlace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an input makes of a run: the state after it, and what has to be done.
///
/// @param calls the calls that changed; empty for one that is to be forgotten
/// @param sources those whose evaluation went on
/// @param ready the places in the ready queue that changed; empty for one that nobody has any more
record RunStep(
  RunProgress progress,
  Map<CallId, Optional<CallProgress>> calls,
  Map<ReadyPlace, Optional<ReadyCall>> ready,
  Map<Integer, SourceProgress> sources,
  List<Decision> decisions
) {}
