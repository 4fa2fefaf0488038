package dev.acm2.projection;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunDeleted;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunEvent.RunUnarchived;
import dev.acm2.projection.RunView.RunStatus;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fold of a run: the same for the projector, for `verify` and for every test.
///
/// The work per event does not grow with the run: one call is replaced, and the counters move by the
/// difference of its old and new contribution.
public final class RunFold {

  private RunFold() {}

  /// What an event makes of a run.
  ///
  /// @param run null when the event speaks of a run that was never requested
  /// @param call the call that the event speaks of, null when it speaks of none; a deleted run has no calls
  public record Step(@Nullable RunView run, @Nullable CallView call) {}

  /// @param run the run before the event, null before its first one
  /// @param call the call that the event speaks of, before the event
  public static Step evolve(
    @Nullable RunView run,
    @Nullable CallView call,
    RecordedEvent recorded,
    AsOf at
  ) {
    if (run == null) {
      return recorded.event() instanceof RunRequested requested
        ? new Step(requested(recorded, requested, at), null)
        : new Step(null, null);
    }
    if (run.deleted()) {
      return new Step(run, null);
    }
    if (at.offset() <= run.asOf().offset()) {
      return new Step(run, call);
    }
    RunDraft draft = new RunDraft(run, at, recorded.meta().occurredAt());
    return switch (recorded.event()) {
      case CallEvent event -> callEvent(draft, call, recorded, event);
      case RunEvent event -> {
        runEvent(draft, recorded.meta(), event);
        yield new Step(draft.freeze(), null);
      }
    };
  }

  /// A copy of an event has no effect, whatever happened in between.
  private static void runEvent(RunDraft draft, EventMeta meta, RunEvent event) {
    switch (event) {
      case RunRequested _, CallCancelRequested _, CallEvent _ -> {
      }
      case RunArchived archived -> draft.once(meta, event, archived.reason(), () ->
        draft.archived(true)
      );
      case RunUnarchived unarchived -> draft.once(meta, event, unarchived.reason(), () ->
        draft.archived(false)
      );
      case RunDeleted deleted -> draft.once(meta, event, deleted.reason(), draft::deleted);
      case RunCancelRequested cancel -> draft.once(meta, event, cancel.reason(), draft::cancelling);
      case RunPauseRequested pause -> draft.once(meta, event, pause.reason(), draft::paused);
      case RunResumeRequested resume -> draft.once(meta, event, resume.reason(), draft::resumed);
      case RunRetryRequested retry -> draft.once(meta, event, retry.reason(), () ->
        draft.retried(retry)
      );
      case RunFinished finished -> draft.once(meta, event, finished.message(), () ->
        draft.finished(finished, meta.occurredAt())
      );
    }
  }

  private static Step callEvent(
    RunDraft draft,
    @Nullable CallView before,
    RecordedEvent recorded,
    CallEvent event
  ) {
    Phase phase = before == null ? null : before.phase();
    boolean anew = phase != null && draft.isRunAnew(phase);
    CallView after = CallFold.evolve(before, recorded, event, draft.at().offset(), anew);
    draft.replace(before, after);
    if (event instanceof CallStarted) {
      draft.started(recorded.meta().occurredAt());
    }
    if (event instanceof CallQueued && after != before && after.state() == CallState.QUEUED) {
      draft.reopened();
    }
    return new Step(draft.freeze(), after);
  }

  private static RunView requested(RecordedEvent recorded, RunRequested event, AsOf at) {
    SortedMap<Phase, RunStats> byPhase = new TreeMap<>();
    SortedMap<String, RunStats> byModel = new TreeMap<>();
    RunStats total = RunStats.NONE;
    for (PlannedCalls planned : event.planned()) {
      RunStats stats = RunStats.planned(planned.calls());
      total = total.plus(stats);
      byPhase.merge(planned.phase(), stats, RunStats::plus);
      byModel.merge(planned.model().toString(), stats, RunStats::plus);
    }
    return new RunView(
      recorded.runId(),
      event.spec().name(),
      RunStatus.REQUESTED,
      null,
      null,
      phases(byPhase),
      at,
      total,
      byPhase,
      byModel,
      recorded.meta().occurredAt(),
      null,
      event.deadlineAt(),
      null,
      recorded.meta().occurredAt(),
      0,
      List.of(),
      event.spec().limits(),
      false,
      false,
      event.spec()
    );
  }

  static List<Phase> phases(SortedMap<Phase, RunStats> byPhase) {
    List<Phase> inFlight = phasesWith(byPhase, stats -> stats.inFlight() > 0);
    return inFlight.isEmpty() ? phasesWith(byPhase, stats -> stats.queued() > 0) : inFlight;
  }

  private static List<Phase> phasesWith(
    SortedMap<Phase, RunStats> byPhase,
    Predicate<RunStats> condition
  ) {
    return byPhase
      .entrySet()
      .stream()
      .filter(entry -> condition.test(entry.getValue()))
      .map(entry -> entry.getKey())
      .toList();
  }
}
