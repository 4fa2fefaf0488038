package dev.acm2.orchestrator;

import dev.acm2.contract.ModelId;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.ModelProgress.Line;
import dev.acm2.orchestrator.RunState.ReadyCall;
import dev.acm2.orchestrator.RunState.ReadyPlace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The calls of a run that may be released besides those at the cursor of its plan: they are announced,
/// their inputs exist, and they go first.
///
/// Laws: the calls of a model leave in the order in which they came; of several models' first calls the
/// one that stands first in the plan leaves first; a call that is in it in one epoch is in it once. A
/// step costs as much as the run has models, however many calls wait.
final class ReadyQueue {

  private ReadyQueue() {}

  /// Lets a call wait for its release. Announcing it is the caller's part.
  static void add(RunDraft run, PlannedCall call, int epoch) {
    ModelId id = call.author().model();
    ModelProgress model = run.model(id);
    Line line = model.ready();
    run.put(new ReadyPlace(id, line.tail()), new ReadyCall(call.callId(), epoch));
    run.put(id, model.with(new Line(line.head(), line.tail() + 1, line.waiting() + 1)));
    run.put(CallProgress.ready(call, epoch));
  }

  /// The call that leaves next, of the models that are wanted.
  static Optional<CallProgress> next(RunDraft run, Predicate<ModelProgress> wanted) {
    CallProgress next = null;
    for (ModelId id : List.copyOf(run.models.keySet())) {
      CallProgress first = wanted.test(run.model(id)) ? first(run, id) : null;
      if (first != null && (next == null || first.index() < next.index())) {
        next = first;
      }
    }
    return Optional.ofNullable(next);
  }

  /// A call does not wait any more, wherever it stands. What becomes of it the caller puts down.
  static void leave(RunDraft run, CallProgress call) {
    ModelId id = run.plan.model(call.index());
    ModelProgress model = run.model(id);
    Line line = model.ready();
    run.put(id, model.with(new Line(line.head(), line.tail(), line.waiting() - 1)));
  }

  /// Forgets all places when no call waits any more.
  static void clear(RunDraft run) {
    List.copyOf(run.models.keySet()).forEach(id -> first(run, id));
  }

  /// Gives up the places at the head of which the calls have left.
  private static @Nullable CallProgress first(RunDraft run, ModelId id) {
    Line line = run.model(id).ready();
    while (!line.empty()) {
      ReadyPlace place = new ReadyPlace(id, line.head());
      CallProgress call = waitingAt(run, place);
      if (call != null) {
        return call;
      }
      run.leave(place);
      line = new Line(line.head() + 1, line.tail(), line.waiting());
      run.put(id, run.model(id).with(line));
    }
    return null;
  }

  private static @Nullable CallProgress waitingAt(RunDraft run, ReadyPlace place) {
    ReadyCall ready = Objects.requireNonNull(run.find(place), "a place in the queue is missing");
    CallProgress call = run.find(ready.callId());
    boolean waits = call != null && call.status() == Status.READY && call.epoch() == ready.epoch();
    return waits ? call : null;
  }
}
