package dev.acm2.orchestrator;

import dev.acm2.orchestrator.Breaker.Status;
import org.jspecify.annotations.Nullable;

/// How far a run has come with one of its models.
///
/// @param passedOver index of the model's first call that the cursor of the run passed over because it
/// might not be sent, null when there is none. All further calls of the model are found from there.
/// @param underWay released calls that have not ended
/// @param verdict why the run gave the model up, null when it did not
record ModelProgress(
  @Nullable Integer passedOver,
  int underWay,
  Breaker breaker,
  @Nullable String verdict
) {
  static final ModelProgress FRESH = new ModelProgress(null, 0, Breaker.FRESH, null);

  boolean admits(BreakerRules rules) {
    return breaker.admits(underWay, rules);
  }

  boolean givenUp() {
    return breaker.status() == Status.GIVEN_UP;
  }

  ModelProgress withPassedOver(@Nullable Integer index) {
    return new ModelProgress(index, underWay, breaker, verdict);
  }

  ModelProgress with(Breaker changed) {
    return new ModelProgress(passedOver, underWay, changed, verdict);
  }

  /// Never below 0, also for calls that were released before they were counted.
  ModelProgress moreUnderWay(int change) {
    return new ModelProgress(passedOver, Math.max(0, underWay + change), breaker, verdict);
  }

  ModelProgress abandoned(int from, String why) {
    return new ModelProgress(from, underWay, breaker, why);
  }
}
