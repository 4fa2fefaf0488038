package dev.acm2.orchestrator;

import dev.acm2.contract.RunEvent.CallQueued;

/// Announces the calls of a plan, some at a time, so that no transaction lasts long.
final class Announcing {

  private Announcing() {}

  /// Announces the next calls; reading the last of them back announces the ones after it.
  static void announce(RunDraft run) {
    int end = Math.min(run.total, run.queued + RunDecider.CHUNK);
    for (int index = run.queued; index < end; index++) {
      run.append(run.plan.call(index).queued(run.plan.spec().limits()));
    }
    run.queued = end;
  }

  static void readBack(RunDraft run, CallQueued event) {
    boolean more = run.queued < run.total && run.queued > 0;
    if (
      more &&
      run.plan
        .call(run.queued - 1)
        .callId()
        .equals(event.callId())
    ) {
      announce(run);
    }
  }
}
