package dev.acm2.orchestrator;

import java.time.Instant;

/// Since when the log has answered without a break. While it does not answer, heartbeats cannot arrive,
/// and their absence says nothing of the workers.
interface LogContact {
  /// @param now while there is no contact, contact begins now at the earliest
  Instant since(Instant now);
}
