package dev.acm2.orchestrator;

import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.RunEvent;

/// What has to be done because of something that happened. All decisions on one input, and the state
/// that they leave, are written in one transaction with the position of the input.
sealed interface Decision {
  /// Append an event to the run's log.
  record Append(RunEvent event) implements Decision {}

  /// Tell a lane.
  record Instruct(String lane, LaneCommand command) implements Decision {}

  /// Tell every worker.
  record Broadcast(ControlCommand command) implements Decision {}
}
