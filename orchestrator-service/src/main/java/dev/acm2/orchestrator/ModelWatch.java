package dev.acm2.orchestrator;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSucceeded;
import java.time.Instant;

/// Keeps the breakers of a run's models: what an end of a call says about its model.
record ModelWatch(BreakerRules rules) {
  void released(RunDraft run, PlannedCall call) {
    ModelId id = call.author().model();
    ModelProgress model = run.model(id).moreUnderWay(1);
    run.put(id, model.with(model.breaker().sent(call.callId())));
  }

  /// A call that was counted as released is not under way any more.
  void left(RunDraft run, ModelId id) {
    run.put(id, run.model(id).moreUnderWay(-1));
  }

  /// A call is going to ask again. Failures on the way to an answer are the provider's; one in the answer
  /// is the model's, and it was paid.
  void retried(RunDraft run, ModelId id, CallRetried event, Instant at) {
    String how = Fingerprint.of(event.cause(), event.httpStatus());
    if (event.cause() == FailureKind.INVALID_OUTPUT && how != null) {
      ModelProgress model = run.model(id);
      run.put(id, model.with(model.breaker().answeredBadly(how, at, rules)));
    }
  }

  void ended(RunDraft run, ModelId id, CallEnded end, Instant at) {
    ModelProgress before = run.model(id);
    ModelProgress after = before.with(judged(before.breaker(), end, at));
    if (!after.equals(before)) {
      run.put(id, after);
    }
    if (after.givenUp() && !before.givenUp()) {
      giveUp(run, id, after);
    }
  }

  private Breaker judged(Breaker breaker, CallEnded end, Instant at) {
    if (end instanceof CallSucceeded) {
      return breaker.succeeded();
    }
    String how = Fingerprint.of(end);
    return how == null
      ? breaker.undecided(end.callId(), at, rules)
      : breaker.failed(end.callId(), how, at, rules);
  }

  private static void giveUp(RunDraft run, ModelId id, ModelProgress model) {
    int from = PlanCursor.firstUntaken(run, id);
    Breaker breaker = model.breaker();
    ModelProgress rest = run.model(id);
    int planned = run.plan.reused() == null ? run.plan.countOf(id, from) : 0;
    int saved = Math.max(0, planned - rest.takenOutOfTurn()) + rest.ready().waiting();
    String why = "gave up %s: %s, %d calls in a row and %d probes failed; %d calls saved".formatted(
      id,
      breaker.fingerprint(),
      breaker.failures(),
      breaker.failedProbes(),
      saved
    );
    run.put(id, rest.abandoned(from, why));
  }
}
