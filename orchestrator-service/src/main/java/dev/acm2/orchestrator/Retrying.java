package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.RunProgress.Reopening;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opens calls again that ended without success, in their next epoch. What succeeded and what was spent
/// stays.
///
/// Laws: every call that had ended without success when the request was read, and that it means, is
/// opened once by it, unless the run is stopped before; no other one is. All failed calls of a large run
/// are opened some at a time, so that no transaction lasts long.
final class Retrying {

  private Retrying() {}

  /// New limits count in any case, and the later deadline while the run goes on. Nothing else changes
  /// when no call that the request means can run, or while the run is being stopped.
  static void request(RunDraft run, RunRetryRequested event) {
    if (event.from() == null) {
      failed(run, event);
    } else {
      StartingOver.request(run, event.from(), event);
    }
  }

  private static void failed(RunDraft run, RunRetryRequested event) {
    RaisedLimits before = run.raised;
    run.raised = before.replacedBy(event);
    boolean finished = run.outcome != null;
    List<CallId> names = event.calls();
    List<CallProgress> meant = names == null ? null : ended(run, names);
    boolean opens = opensAny(run, meant);
    if (finished ? !opens : run.stop != null) {
      return;
    }
    if (finished || event.deadlineAt().isAfter(run.deadlineAt)) {
      run.deadlineAt = event.deadlineAt();
    }
    if (opens || !run.raised.equals(before)) {
      run.exhausted = false;
    }
    if (opens) {
      reopen(run, meant);
    }
  }

  /// @param meant null for all that have ended without success
  private static boolean opensAny(RunDraft run, @Nullable List<CallProgress> meant) {
    List<CallProgress> some = meant == null ? run.endedBefore(0, RunDecider.CHUNK) : meant;
    while (some.stream().noneMatch(call -> mayOpen(run, call))) {
      if (meant != null || some.size() < RunDecider.CHUNK) {
        return false;
      }
      some = run.endedBefore(some.getLast().index() + 1, RunDecider.CHUNK);
    }
    return true;
  }

  private static boolean mayOpen(RunDraft run, CallProgress call) {
    return run.inLastPass(call) != null && LaterPhases.mayComeBack(run, call.index());
  }

  /// @param meant null for all that have ended without success
  private static void reopen(RunDraft run, @Nullable List<CallProgress> meant) {
    run.outcome = null;
    run.stop = null;
    run.models.replaceAll((_, model) -> model.givenUp() ? model.afresh() : model);
    if (meant == null) {
      run.rounds++;
      openFrom(run, 0);
    } else {
      meant.forEach(call -> open(run, call));
    }
  }

  private static List<CallProgress> ended(RunDraft run, List<CallId> names) {
    return names
      .stream()
      .distinct()
      .map(run::find)
      .filter(Objects::nonNull)
      .filter(call -> call.status() == Status.ENDED && run.inLastPass(call) != null)
      .sorted(Comparator.comparingInt(CallProgress::index))
      .toList();
  }

  /// Reading the last of some calls back opens the ones after them.
  static void readBack(RunDraft run, CallQueued event) {
    Reopening reopening = run.reopening;
    if (
      reopening != null &&
      reopening.awaited().equals(event.callId()) &&
      reopening.epoch() == event.epoch()
    ) {
      openFrom(run, reopening.from());
    }
  }

  /// Calls that ended since the request are not meant; so a look may find nothing to open.
  private static void openFrom(RunDraft run, int start) {
    int from = start;
    run.reopening = null;
    boolean more = true;
    while (more && run.reopening == null) {
      List<CallProgress> some = run.endedBefore(from, RunDecider.CHUNK);
      more = some.size() == RunDecider.CHUNK;
      from = some.isEmpty() ? from : some.getLast().index() + 1;
      List<CallProgress> meant = some
        .stream()
        .filter(call -> isMeant(run, call))
        .toList();
      List<CallProgress> opened = meant
        .stream()
        .filter(call -> open(run, call))
        .toList();
      if (more && !opened.isEmpty()) {
        CallProgress last = opened.getLast();
        run.reopening = new Reopening(from, last.callId(), last.epoch() + 1);
      }
    }
  }

  private static boolean isMeant(RunDraft run, CallProgress call) {
    boolean before = call.round() == null || call.round() < run.rounds;
    return before && run.inLastPass(call) != null;
  }

  /// @return whether it was announced: what it works on may have to come first
  private static boolean open(RunDraft run, CallProgress call) {
    if (!LaterPhases.mayComeBack(run, call.index()) || !LaterPhases.comesBack(run, call)) {
      return false;
    }
    PlannedCall planned = run.call(call.index());
    int epoch = call.epoch() + 1;
    run.append(planned.queued(run.limits(), epoch));
    if (Reusing.concerns(run, call.index())) {
      Reusing.end(run, planned, epoch);
    } else {
      ReadyQueue.add(run, planned, epoch);
    }
    return true;
  }
}
