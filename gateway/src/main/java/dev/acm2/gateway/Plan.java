package dev.acm2.gateway;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import java.util.List;
import java.util.Map;

/// What the orchestrator would do with a submission.
///
/// @param lanes the limits of the lanes that the calls would go through
record Plan(List<Part> calls, Limits limits, Map<String, LaneLimits> lanes) {
  /// Calls of one phase to one model.
  ///
  /// @param calls how many they are
  /// @param minUsd of their input alone
  /// @param maxUsd of one attempt each, with the whole output and all searches
  record Part(Phase phase, ModelId model, String lane, int calls, Usd minUsd, Usd maxUsd) {}
}
