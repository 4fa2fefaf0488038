package dev.acm2.orchestrator;

import dev.acm2.contract.RunEvent.CallQueued;

/// Announces the calls of a plan, some at a time, so that no transaction lasts long.
final class Announcing {

  private Announcing() {}

  /// Announces the next calls; reading the last of them back announces the ones after it.
  static void announce(RunDraft run) {
    int end = Math.min(run.plan.size(), run.queued + RunDecider.CHUNK);
    for (int index = run.queued; index < end; index++) {
      run.append(run.plan.call(index).queued(run.limits(), 1));
    }
    run.queued = end;
    if (run.plan.reused() != null) {
      Reusing.takeOver(run);
    }
  }

  static void readBack(RunDraft run, CallQueued event) {
    if (event.epoch() > 1) {
      Retrying.readBack(run, event);
    } else if (run.queued < run.plan.size() && run.queued > 0 && isLast(run, event)) {
      announce(run);
    }
  }

  private static boolean isLast(RunDraft run, CallQueued event) {
    return run.plan
      .call(run.queued - 1)
      .callId()
      .equals(event.callId());
  }
}
