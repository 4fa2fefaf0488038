package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;

/// What a run may still spend. Nothing is released before its worst case was reserved, so the limits are
/// never overshot, whatever the providers answer.
record Budget(ModelCatalogue catalogue) {
  /// No tokenizer makes more tokens of a text than one for each two bytes.
  private static final int BYTES_PER_TOKEN = 2;

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

  /// A model without a price can never be afforded: its calls do not run on a guess.
  private Usd worstCase(PlannedCall call) {
    long input = (call.inputBytes() + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    Usage usage = new Usage(input, call.author().maxOutputTokens(), 0, 0);
    return catalogue
      .find(call.author().model())
      .map(model -> model.cost(usage))
      .orElse(new Usd(Long.MAX_VALUE));
  }
}
