package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What every worker must hear at once.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ControlCommand.CancelRun.class, name = "cancel-run"),
  @JsonSubTypes.Type(value = ControlCommand.CancelCall.class, name = "cancel-call"),
})
public sealed interface ControlCommand {
  /// Start nothing of this run any more of the epochs that were released before, and abort what is in
  /// flight.
  record CancelRun(RunId runId, String reason) implements ControlCommand {}

  /// Do not start this call in this epoch or an older one, and abort it where it is in flight.
  record CancelCall(
    RunId runId,
    CallId callId,
    int epoch,
    String reason
  ) implements ControlCommand {}
}
