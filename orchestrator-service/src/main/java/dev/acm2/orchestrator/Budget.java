package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;

/// What a run may still spend. Nothing is released before its worst case was reserved, so the limits are
/// never overshot, whatever the providers answer; what a provider charges as input for the pages that a
/// search found is not known before, and not in it.
record Budget(ModelCatalogue catalogue) {
  /// How many attempts of a call fit beside all that was used and reserved.
  ///
  /// @return 0 to `limits.maxAttempts()`
  int attemptsThatFit(PlannedCall call, Limits limits, Charge committed) {
    long byCount = limits.maxPaidCalls() - committed.attempts();
    long byCost = limits.maxAttempts();
    Usd attempt = worstCase(call);
    if (attempt.nanos() > 0) {
      byCost = limits.maxCostUsd().minus(committed.costUsd()).nanos() / attempt.nanos();
    }
    return Math.clamp(Math.min(byCount, byCost), 0, limits.maxAttempts());
  }

  Charge reservation(PlannedCall call, int attempts) {
    return new Charge(attempts, worstCase(call).times(attempts));
  }

  /// What one attempt costs at most: all of the input, all of the output, every search. A model without a
  /// price can never be afforded: its calls do not run on a guess.
  Usd worstCase(PlannedCall call) {
    return cost(
      call,
      call.author().maxOutputTokens(),
      call.author().grounding() == Demand.OFF ? 0 : ModelCatalogue.MAX_SEARCHES
    );
  }

  /// What one attempt costs that answers nothing.
  Usd inputAlone(PlannedCall call) {
    return cost(call, 0, 0);
  }

  private Usd cost(PlannedCall call, int outputTokens, int searches) {
    Usage usage = new Usage(Tokens.input(call.prompt()), outputTokens, 0, 0);
    return catalogue
      .find(call.author().model())
      .map(model -> model.cost(usage, searches))
      .orElse(new Usd(Long.MAX_VALUE));
  }
}
