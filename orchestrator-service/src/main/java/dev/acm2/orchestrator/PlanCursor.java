package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.orchestrator.CallProgress.Status;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Finds the next calls of a plan when some models have to wait: the others go on, and the calls that
/// were passed over come first when their model may go on.
///
/// The cursor only moves forward, and a model's place behind it too, so all steps over a run together are
/// as many as its calls. Calls that were taken out of their turn, far ahead, are stepped over.
final class PlanCursor {

  private PlanCursor() {}

  /// The first call in the order of the plan that was not taken and whose model is wanted.
  ///
  /// @param end calls from here on are not looked at
  static OptionalInt next(RunDraft run, int end, Predicate<ModelProgress> wanted) {
    passOver(run, end, wanted);
    IntStream behind = run.models
      .values()
      .stream()
      .filter(wanted)
      .map(ModelProgress::passedOver)
      .filter(Objects::nonNull)
      .mapToInt(Integer::intValue)
      .filter(index -> index < end);
    IntStream ahead = run.taken < end ? IntStream.of(run.taken) : IntStream.empty();
    return IntStream.concat(behind, ahead).min();
  }

  private static void passOver(RunDraft run, int end, Predicate<ModelProgress> wanted) {
    while (run.taken < end) {
      ModelId id = run.plan.model(run.taken);
      if (run.model(id).passedOver() == null && !stepOver(run, id, run.taken)) {
        ModelProgress model = run.model(id);
        if (wanted.test(model)) {
          return;
        }
        run.put(id, model.withPassedOver(run.taken));
      }
      run.taken++;
    }
  }

  /// The first call of a model that was given up and not yet taken.
  static OptionalInt nextGivenUp(RunDraft run, int end) {
    return run.models
      .values()
      .stream()
      .filter(ModelProgress::givenUp)
      .map(ModelProgress::passedOver)
      .filter(Objects::nonNull)
      .mapToInt(Integer::intValue)
      .filter(index -> index < end)
      .min();
  }

  /// Takes a call that [#next] or [#nextGivenUp] found.
  static void take(RunDraft run, int index) {
    ModelId id = run.plan.model(index);
    ModelProgress model = run.model(id);
    if (model.passedOver() == null) {
      run.taken++;
      return;
    }
    // The cursor itself steps over what is ahead of it, unless the model has its own place for good.
    int following = inTurn(run, id, index + 1, model.givenUp() ? run.plan.size() : run.taken);
    boolean behind = following < run.taken || model.givenUp();
    run.put(id, run.model(id).withPassedOver(behind ? following : null));
  }

  /// Takes a call that nothing has found yet, when that may be done.
  ///
  /// @return false when it was taken before
  static boolean takeOutOfTurn(RunDraft run, int index) {
    ModelId id = run.plan.model(index);
    ModelProgress model = run.model(id);
    Integer passedOver = model.passedOver();
    int next = passedOver == null ? run.taken : passedOver;
    if (index < next || isStepped(run, id, index)) {
      return false;
    }
    if (index == next) {
      take(run, index);
    } else {
      run.put(id, model.moreOutOfTurn(1));
    }
    return true;
  }

  /// Comes to the end of a plan of which every call was taken, maybe out of its turn.
  static void finish(RunDraft run) {
    passOver(run, run.plan.size(), _ -> true);
  }

  /// Whether the cursor has yet to come to a call that was taken out of its turn.
  static boolean isAhead(RunDraft run, int index) {
    if (index >= run.plan.size()) {
      return false;
    }
    ModelProgress model = run.model(run.plan.model(index));
    Integer passedOver = model.passedOver();
    return model.takenOutOfTurn() > 0 && index >= (passedOver == null ? run.taken : passedOver);
  }

  /// The first call of the model that was not taken, the size of the plan when there is none.
  static int firstUntaken(RunDraft run, ModelId id) {
    Integer passedOver = run.model(id).passedOver();
    return passedOver == null ? inTurn(run, id, run.taken, run.plan.size()) : passedOver;
  }

  /// The first call of a model from an index on that is still to be taken.
  ///
  /// @param end what was taken out of its turn is stepped over up to here
  private static int inTurn(RunDraft run, ModelId id, int from, int end) {
    int index = run.plan.nextOf(id, from);
    while (index < end && stepOver(run, id, index)) {
      index = run.plan.nextOf(id, index + 1);
    }
    return index;
  }

  private static boolean stepOver(RunDraft run, ModelId id, int index) {
    if (!isStepped(run, id, index)) {
      return false;
    }
    run.put(id, run.model(id).moreOutOfTurn(-1));
    CallId callId = run.plan.call(index).callId();
    CallProgress call = Objects.requireNonNull(run.find(callId));
    if (call.status() == Status.PASSED) {
      run.forget(callId);
    }
    return true;
  }

  /// Only of calls that have not had their turn: of those, none is known but by such a step.
  private static boolean isStepped(RunDraft run, ModelId id, int index) {
    return run.model(id).takenOutOfTurn() > 0 && run.find(run.plan.call(index).callId()) != null;
  }
}
