package dev.acm2.orchestrator;

import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.Usd;
import org.jspecify.annotations.Nullable;

/// The limits of a run that a request to run calls again has replaced; null for those it has left.
record RaisedLimits(@Nullable Integer maxPaidCalls, @Nullable Usd maxCostUsd) {
  static final RaisedLimits NONE = new RaisedLimits(null, null);

  RaisedLimits replacedBy(RunRetryRequested event) {
    return new RaisedLimits(
      event.maxPaidCalls() == null ? maxPaidCalls : event.maxPaidCalls(),
      event.maxCostUsd() == null ? maxCostUsd : event.maxCostUsd()
    );
  }

  Limits over(Limits frozen) {
    return new Limits(
      frozen.callDeadline(),
      frozen.attemptTimeout(),
      frozen.maxAttempts(),
      frozen.queueTtl(),
      frozen.runDeadline(),
      maxPaidCalls == null ? frozen.maxPaidCalls() : maxPaidCalls,
      maxCostUsd == null ? frozen.maxCostUsd() : maxCostUsd,
      frozen.concurrency(),
      frozen.onWorkerLost(),
      frozen.priority(),
      frozen.weight()
    );
  }
}
