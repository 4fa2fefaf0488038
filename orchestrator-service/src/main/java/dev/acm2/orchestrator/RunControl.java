package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.contract.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Takes what people ask of runs that were accepted. Guarantee: what was answered for is in the log; what
/// it means for the run is decided when it is read there.
///
/// Every method throws the [Problem] run-not-found when no such run was accepted.
record RunControl(AcceptedRuns runs, EventAppender log, InstantSource clock) {
  RunId cancel(String id) {
    return append(id, new RunCancelRequested("cancelled by request"));
  }

  RunId pause(String id) {
    return append(id, new RunPauseRequested("paused by request"));
  }

  RunId resume(String id) {
    return append(id, new RunResumeRequested("resumed by request"));
  }

  RunId archive(String id) {
    return append(id, new RunArchived("archived by request"));
  }

  RunId unarchive(String id) {
    return append(id, new RunUnarchived("taken out of the archive by request"));
  }

  /// That it has finished is not checked: the log decides.
  RunId delete(String id) {
    return append(id, new RunDeleted("deleted by request"));
  }

  /// The run gets as much time again as it was given at first.
  ///
  /// @throws Problem also when the body is not understood or a value in it is wrong
  RunId retry(String id, byte @Nullable [] body) {
    RunId runId = accepted(id);
    RetryRequest request = SubmissionReader.read(body, RetryRequest.class, "what to run again");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    RunEvent event = request.checked(now.plus(runs.limits(runId).runDeadline()));
    log.append(runId, event);
    return runId;
  }

  /// That there is such a call is not checked.
  RunId cancelCall(String id, CallId callId) {
    return append(id, new CallCancelRequested(callId, "cancelled by request"));
  }

  private RunId append(String id, RunEvent event) {
    RunId runId = accepted(id);
    log.append(runId, event);
    return runId;
  }

  private RunId accepted(String id) {
    RunId runId = parse(id);
    if (!runs.exists(runId)) {
      throw notFound(id);
    }
    return runId;
  }

  private static RunId parse(String id) {
    try {
      return RunId.parse(id);
    } catch (IllegalArgumentException e) {
      throw notFound(id);
    }
  }

  private static Problem notFound(String id) {
    return Problem.notFound("run-not-found", "there is no run " + id);
  }
}
