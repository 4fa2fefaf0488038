package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which calls of a run to run again.
///
/// @param calls null for every one that ended without success
/// @param maxPaidCalls new limit of the run, null to keep the one that it has
/// @param maxCostUsd new limit of the run, null to keep the one that it has
/// @param from phase to run anew with all those after it, also what succeeded in them; null for calls that
///     ended without success. Nothing is generated again.
public record RetryRequest(
  @Nullable List<CallId> calls,
  @Nullable Integer maxPaidCalls,
  @Nullable Usd maxCostUsd,
  @Nullable Phase from
) {}
