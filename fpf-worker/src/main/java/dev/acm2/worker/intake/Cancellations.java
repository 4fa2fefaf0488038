package dev.acm2.worker.intake;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.contract.WorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What must not be started any more. A cancelled run may be run again: so the cancellation of a
/// run concerns only work that had been released by then, and that of a call only the epochs up to
/// its own. Kept a little longer than the topic keeps the commands, so that the memory is bounded
/// by the cancellations of a day.
public final class Cancellations {

  static final Duration KEPT = Duration.ofHours(25);

  private final Map<RunId, OfRun> runs = new ConcurrentHashMap<>();
  private final Map<CallId, OfCall> calls = new ConcurrentHashMap<>();

  /// Why something is not started.
  record Cancellation(Scope scope, String reason) {}

  /// What was cancelled.
  enum Scope {
    RUN,
    CALL,
  }

  private record OfRun(String reason, Instant at) {}

  private record OfCall(int epoch, String reason, Instant at) {}

  /// Why the work must not be started, empty when it may.
  ///
  /// @param releasedAt when the work was written; at the very time of a cancellation counts as
  ///     before it
  Optional<Cancellation> of(WorkItem item, Instant releasedAt) {
    Optional<Cancellation> whole = Optional.ofNullable(runs.get(item.runId()))
      .filter(run -> !releasedAt.isAfter(run.at()))
      .map(run -> new Cancellation(Scope.RUN, run.reason()));
    return whole.or(() -> ofCall(item));
  }

  /// The same, in words for people.
  public Optional<String> reason(WorkItem item, Instant releasedAt) {
    return of(item, releasedAt).map(Cancellation::reason);
  }

  private Optional<Cancellation> ofCall(WorkItem item) {
    return Optional.ofNullable(calls.get(item.callId()))
      .filter(call -> item.epoch() <= call.epoch())
      .map(call -> new Cancellation(Scope.CALL, call.reason()));
  }

  /// @param at when it was demanded; of several demands the latest counts
  void addRun(RunId runId, String reason, Instant at, Instant now) {
    runs.merge(runId, new OfRun(reason, at), (known, added) ->
      added.at().isAfter(known.at()) ? added : known
    );
    forget(now);
  }

  /// @param at when it was demanded; of several demands that of the highest epoch counts
  void addCall(CallId callId, int epoch, String reason, Instant at, Instant now) {
    calls.merge(callId, new OfCall(epoch, reason, at), (known, added) ->
      added.epoch() > known.epoch() ? added : known
    );
    forget(now);
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(KEPT);
    runs.values().removeIf(run -> run.at().isBefore(oldest));
    calls.values().removeIf(call -> call.at().isBefore(oldest));
  }

  int size() {
    return runs.size() + calls.size();
  }
}
