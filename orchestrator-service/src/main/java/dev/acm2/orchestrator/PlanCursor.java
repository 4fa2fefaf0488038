package dev.acm2.orchestrator;

import dev.acm2.contract.ModelId;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Finds the next calls of a plan when some models have to wait: the others go on, and the calls that
/// were passed over come first when their model may go on.
///
/// The cursor only moves forward, and a model's place behind it too, so all steps over a run together are
/// as many as its calls.
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
      ModelProgress model = run.model(id);
      if (model.passedOver() == null) {
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
    int following = run.plan.nextOf(id, index + 1);
    boolean behind = following < run.taken || model.givenUp();
    run.put(id, model.withPassedOver(behind ? following : null));
  }

  /// The first call of the model that was not taken, the size of the plan when there is none.
  static int firstUntaken(RunDraft run, ModelId id) {
    Integer passedOver = run.model(id).passedOver();
    return passedOver == null ? run.plan.nextOf(id, run.taken) : passedOver;
  }
}
