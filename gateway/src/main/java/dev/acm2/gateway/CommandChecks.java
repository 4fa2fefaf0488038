package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunStats;
import dev.acm2.projection.RunView;
import dev.acm2.projection.RunView.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Refuses requests that the tables show to be without effect. What passes is still for the log to decide:
/// the tables follow it.
final class CommandChecks {

  private final RunQueries queries;
  private final RunReads reads;

  CommandChecks(RunQueries queries, RunReads reads) {
    this.queries = queries;
    this.reads = reads;
  }

  /// A run that the tables do not hold may have been accepted just now: the orchestrator knows, and no
  /// time is lost here.
  ///
  /// @throws ProblemException run-state when the run has finished
  void unfinished(RunId runId) {
    Optional<RunView> run = queries.run(runId);
    if (run.isPresent() && run.get().status() == RunStatus.FINISHED) {
      throw ProblemException.runFinished();
    }
  }

  /// @throws ProblemException run-not-found
  void kept(RunId runId) {
    reads.await(runId, () -> queries.run(runId));
  }

  /// @throws ProblemException run-not-found; run-state when the run has not finished; validation when the
  ///     run has another name
  void delete(RunId runId, DeleteRequest request) {
    RunView run = reads.await(runId, () -> queries.run(runId));
    if (run.status() != RunStatus.FINISHED) {
      throw ProblemException.notFinished();
    }
    if (!run.name().equals(request.confirm())) {
      throw ProblemException.invalidField("confirm", "confirm must be the name of the run");
    }
  }

  /// @throws ProblemException run-not-found, call-not-found; call-state when the call has ended
  void cancelCall(RunId runId, CallId callId) {
    CallView call = reads.await(runId, () -> queries.calls(runId, List.of(callId))).get(callId);
    if (call == null) {
      throw ProblemException.callNotFound(callId);
    }
    if (call.state().ended()) {
      throw ProblemException.callEnded(call.state());
    }
  }

  /// @param body what is no request for a retry passes: the orchestrator says what is wrong with it
  /// @throws ProblemException run-not-found, call-not-found; nothing-to-retry; run-state when a phase is to
  ///     be run anew and the run has not finished; validation for a limit that is below what the run has used
  void retry(RunId runId, byte @Nullable [] body) {
    RunView run = reads.await(runId, () -> queries.run(runId));
    Optional<RetryRequest> request = parse(body);
    if (request.isPresent()) {
      retry(run, request.get());
    }
  }

  private void retry(RunView run, RetryRequest request) {
    Phase from = request.from();
    if (from == null) {
      checkFailed(run, request.calls());
    } else {
      checkAnew(run, from, request.calls());
    }
    checkLimits(run, request);
  }

  private static void checkLimits(RunView run, RetryRequest request) {
    Integer most = request.maxPaidCalls();
    if (most != null && most < run.stats().attempts()) {
      String used = run.stats().attempts() + " requests";
      throw ProblemException.limitBelowUse("maxPaidCalls", used);
    }
    Usd money = request.maxCostUsd();
    if (money != null && money.compareTo(run.stats().costUsd()) < 0) {
      throw ProblemException.limitBelowUse("maxCostUsd", run.stats().costUsd() + " USD");
    }
  }

  private void checkFailed(RunView run, @Nullable List<CallId> calls) {
    boolean some = calls == null ? anyFailed(run.stats()) : anyFailed(run.runId(), calls);
    if (!some) {
      throw ProblemException.nothingToRetry();
    }
  }

  private static void checkAnew(RunView run, Phase from, @Nullable List<CallId> calls) {
    if (from == Phase.GENERATION) {
      throw ProblemException.invalidField("from", "from must be a phase after the generation");
    }
    if (calls != null) {
      throw ProblemException.invalidField(
        "from",
        "from means all calls of its phase; calls cannot be named beside it"
      );
    }
    if (run.status() != RunStatus.FINISHED) {
      throw ProblemException.notFinished();
    }
    RunStats stats = run.byPhase().get(from);
    if (stats == null || stats.planned() == 0) {
      throw ProblemException.nothingToRunAnew(from);
    }
  }

  private boolean anyFailed(RunId runId, List<CallId> calls) {
    Map<CallId, CallView> found = reads.await(runId, () -> queries.calls(runId, calls));
    for (CallId call : calls) {
      if (!found.containsKey(call)) {
        throw ProblemException.callNotFound(call);
      }
    }
    return found
      .values()
      .stream()
      .map(CallView::state)
      .anyMatch(state -> state.ended() && state != CallState.OK);
  }

  private static boolean anyFailed(RunStats stats) {
    return stats.failed() + stats.timedOut() + stats.cancelled() + stats.skipped() > 0;
  }

  private static Optional<RetryRequest> parse(byte @Nullable [] body) {
    if (body == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(ContractJson.INPUT.readValue(body, RetryRequest.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
