package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What every worker must hear at once.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes(@JsonSubTypes.Type(value = ControlCommand.CancelRun.class, name = "cancel-run"))
public sealed interface ControlCommand {
  /// Start nothing of this run any more, and abort what is in flight.
  record CancelRun(RunId runId, String reason) implements ControlCommand {}
}
