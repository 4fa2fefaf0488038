package dev.acm2.gateway;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import java.util.SortedMap;

/// The answer to an accepted run.
///
/// @param planned calls by phase
public record RunAccepted(RunId runId, RunSpec spec, SortedMap<Phase, Integer> planned) {}
