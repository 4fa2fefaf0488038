package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.Limits.OnWorkerLost;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Specs;

/// The limits of [Specs] with one of them changed.
final class LimitsOf {

  private static final Limits BASE = Specs.limits();

  private LimitsOf() {}

  static RunSpec tenCalls(Limits limits) {
    return Specs.run(10, 1, limits, "openai:gpt-5-mini");
  }

  static Limits concurrency(int calls) {
    return limits(BASE.maxPaidCalls(), BASE.maxCostUsd(), calls, BASE.onWorkerLost());
  }

  static Limits paidCalls(int calls) {
    return limits(calls, BASE.maxCostUsd(), BASE.concurrency(), BASE.onWorkerLost());
  }

  static Limits cost(String usd) {
    return limits(BASE.maxPaidCalls(), Usd.of(usd), BASE.concurrency(), BASE.onWorkerLost());
  }

  static Limits attempts(int maxAttempts, int concurrency) {
    return new Limits(
      BASE.callDeadline(),
      BASE.attemptTimeout(),
      maxAttempts,
      BASE.queueTtl(),
      BASE.runDeadline(),
      BASE.maxPaidCalls(),
      BASE.maxCostUsd(),
      concurrency,
      BASE.onWorkerLost(),
      BASE.priority(),
      BASE.weight()
    );
  }

  static Limits failingWhenLost() {
    return limits(BASE.maxPaidCalls(), BASE.maxCostUsd(), BASE.concurrency(), OnWorkerLost.FAIL);
  }

  private static Limits limits(
    int paidCalls,
    Usd cost,
    int concurrency,
    OnWorkerLost onWorkerLost
  ) {
    return new Limits(
      BASE.callDeadline(),
      BASE.attemptTimeout(),
      BASE.maxAttempts(),
      BASE.queueTtl(),
      BASE.runDeadline(),
      paidCalls,
      cost,
      concurrency,
      onWorkerLost,
      BASE.priority(),
      BASE.weight()
    );
  }
}
