package dev.acm2.gateway;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run would need, before it is asked for.
///
/// @param minUsd the input alone
/// @param likelyUsd by past calls of the same models; the middle of min and max for models without any
/// @param maxUsd one attempt a call with its whole output and all searches
/// @param minTime null, as the other times, when a model has no past calls
/// @param withinBudget whether neither the money nor the requests can end the run when each call is sent
///     once
public record RunEstimate(
  int calls,
  List<PhaseEstimate> phases,
  List<ModelEstimate> models,
  Usd minUsd,
  Usd likelyUsd,
  Usd maxUsd,
  @Nullable Duration minTime,
  @Nullable Duration likelyTime,
  @Nullable Duration maxTime,
  boolean withinBudget,
  Usd maxCostUsd,
  int maxPaidCalls
) {
  /// The calls of a phase together.
  public record PhaseEstimate(Phase phase, int calls, Usd minUsd, Usd likelyUsd, Usd maxUsd) {}

  /// The calls of a model in a phase together.
  ///
  /// @param likelyUsd null without past calls
  /// @param pastCalls successful ones that the rest was learned from
  /// @param p50 time that half of the past calls took at most, from start to end; null without any
  /// @param p90 time that 9 of 10 past calls took at most; null without any
  public record ModelEstimate(
    ModelId model,
    Phase phase,
    int calls,
    Usd minUsd,
    @Nullable Usd likelyUsd,
    Usd maxUsd,
    int pastCalls,
    @Nullable Duration p50,
    @Nullable Duration p90
  ) {}
}
