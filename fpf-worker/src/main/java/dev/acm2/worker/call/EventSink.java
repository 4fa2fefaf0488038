package dev.acm2.worker.call;

import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;

/// Where a call tells what happened to it.
public interface EventSink {
  /// Returns when the event is durable, or when that has failed for good and was reported.
  void publish(RunId runId, RunEvent event);
}
