package dev.acm2.orchestrator;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Skips calls that will never run, some at a time; the ones after them follow when all of these were
/// read back.
final class Skipping {

  private Skipping() {}

  /// Skips all calls that wait in the queue or in the plan.
  static void all(RunDraft run) {
    run.queued = run.plan.size();
    BiFunction<PlannedCall, Integer, CallSkipped> end = (call, epoch) ->
      ended(call, epoch, run.stop);
    some(run, _ -> true, () -> PlanCursor.next(run, run.plan.size(), _ -> true), end);
  }

  private static CallSkipped ended(PlannedCall call, int epoch, @Nullable Stop stop) {
    return stop == null
      ? call.skipped(epoch, CallSkipped.Reason.BUDGET, "the budget of the run has no room for it")
      : call.skipped(epoch, stop.cause().reason(), stop.message());
  }

  /// Skips announced calls of models that were given up.
  static void givenUp(RunDraft run) {
    some(
      run,
      ModelProgress::givenUp,
      () -> PlanCursor.nextGivenUp(run, run.queued),
      (call, epoch) -> spared(run, call, epoch)
    );
  }

  private static CallSkipped spared(RunDraft run, PlannedCall call, int epoch) {
    ModelId id = call.author().model();
    ModelProgress model = run.model(id);
    return call.skipped(
      epoch,
      CallSkipped.Reason.MODEL_FAILING,
      Objects.requireNonNull(model.verdict()),
      model.averageCost()
    );
  }

  private static void some(
    RunDraft run,
    Predicate<ModelProgress> wanted,
    java.util.function.Supplier<OptionalInt> planned,
    BiFunction<PlannedCall, Integer, CallSkipped> end
  ) {
    if (run.skipping > 0) {
      return;
    }
    Optional<CallProgress> ready = ReadyQueue.next(run, wanted);
    while (ready.isPresent() && run.skipping < RunDecider.CHUNK) {
      CallProgress call = ready.get();
      ReadyQueue.leave(run, call);
      PlannedCall next = run.call(call.index());
      one(run, next, end.apply(next, call.epoch()));
      ready = ReadyQueue.next(run, wanted);
    }
    OptionalInt index = ready.isPresent() ? OptionalInt.empty() : planned.get();
    while (index.isPresent() && run.skipping < RunDecider.CHUNK) {
      PlannedCall next = run.call(index.getAsInt());
      one(run, next, end.apply(next, 1));
      PlanCursor.take(run, next.index());
      index = planned.get();
    }
  }

  /// Ends a call that is not released.
  static void one(RunDraft run, PlannedCall call, CallEnded end) {
    run.append(end);
    run.put(CallProgress.skipping(call, end.epoch()));
    run.skipping++;
  }
}
