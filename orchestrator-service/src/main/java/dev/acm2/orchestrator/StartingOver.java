package dev.acm2.orchestrator;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.orchestrator.RunProgress.Pass;
import java.util.EnumSet;
import java.util.Objects;

/// Runs phases of a finished run anew, without generating again.
///
/// Laws: every call of these phases is opened once in the new pass, in an epoch that is higher than any
/// before, also when it had succeeded; so nothing that arrives for an older one counts. What the phases
/// before them gave is kept, and nothing else: the new pass goes the way of a first one.
///
/// Sources begin some at a time, so that no transaction lasts long; all have begun before anything that
/// the new pass, or a request after it, has led to can be read, because the announcements of the first
/// calls bring the others and stand before that in the log.
final class StartingOver {

  private StartingOver() {}

  /// Nothing but the limits changes when the run has not finished, or has no such phase.
  static void request(RunDraft run, Phase from, RunRetryRequested event) {
    run.raised = run.raised.replacedBy(event);
    boolean judges = run.plan.evaluating() != null && from != Phase.GENERATION;
    if (run.outcome == null || !judges || run.plan.layout().size(from) == 0) {
      return;
    }
    run.outcome = null;
    run.stop = null;
    run.exhausted = false;
    run.deadlineAt = event.deadlineAt();
    run.epochs++;
    uncount(run, from);
    EnumSet.range(from, Phase.POST_COMBINE).forEach(again ->
      run.firstEpochs.put(again, run.epochs)
    );
    run.startingOver = new Pass(from, 0);
  }

  /// The calls of the phases count as calls that have not ended.
  private static void uncount(RunDraft run, Phase from) {
    PhaseLayout layout = run.plan.layout();
    int calls = layout.size() - layout.first(from);
    int settled = from.compareTo(Phase.PAIRWISE) <= 0 ? run.settled : 0;
    int notOk = run.endedBefore(layout.first(from), Integer.MAX_VALUE).size();
    run.settled -= settled;
    run.notOk -= notOk;
    run.ok -= calls - settled - notOk;
  }

  /// Lets sources begin until one has calls to open. One that waits for an earlier phase, which was asked
  /// for again, has none yet.
  ///
  /// @return whether there are any
  static boolean next(RunDraft run) {
    while (run.startingOver != null && run.openings.isEmpty()) {
      begin(run, run.startingOver);
    }
    return !run.openings.isEmpty();
  }

  private static void begin(RunDraft run, Pass pass) {
    Evaluating evaluating = Objects.requireNonNull(run.plan.evaluating());
    Evaluating.Step step = evaluating.again(run.source(pass.source()), pass.source(), pass.from());
    run.put(pass.source(), step.source());
    run.openings.addAll(step.openings());
    int following = pass.source() + 1;
    boolean last = following == run.plan.layout().sources();
    run.startingOver = last ? null : new Pass(pass.from(), following);
  }
}
