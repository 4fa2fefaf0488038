package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent;
import java.time.Instant;

/// What makes a run go on.
sealed interface RunInput {
  /// Of a fact: when the log got it. Of anything else: now.
  Instant at();

  /// A fact was read from the log.
  record Happened(RunEvent event, Instant at) implements RunInput {}

  /// The run's deadline may have passed.
  record RunDue(Instant at) implements RunInput {}

  /// The time has come to look at a call.
  ///
  /// @param workerSeenAt when its worker was last heard of, or the watch over the workers began
  record CallDue(CallId callId, Instant at, Instant workerSeenAt) implements RunInput {}
}
