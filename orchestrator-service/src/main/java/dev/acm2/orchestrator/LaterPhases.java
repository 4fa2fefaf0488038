package dev.acm2.orchestrator;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.orchestrator.CallProgress.Status;
import dev.acm2.orchestrator.PhaseLayout.Span;
import dev.acm2.orchestrator.RunProgress.Stop;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Leads the calls of a run that judge and combine through their phases: opens them when what they work
/// on exists, skips them when it never will.
final class LaterPhases {

  private LaterPhases() {}

  /// A call of the run has ended.
  static void ended(RunDraft run, int index, CallEnded event) {
    Evaluating evaluating = run.plan.evaluating();
    if (evaluating != null) {
      int number = run.plan.layout().source(index);
      Evaluating.Step step = evaluating.ended(run.source(number), index, event);
      run.put(number, step.source());
      run.openings.addAll(step.openings());
      boolean later = index >= run.plan.size();
      if (later && lacked(event) && evaluating.canRun(step.source(), index)) {
        run.openings.add(new Opening.Again(new Span(index, 1)));
      }
    }
  }

  /// Its document may have come after all, between the call's skip and its reading.
  private static boolean lacked(CallEnded event) {
    return (
      event instanceof CallSkipped skipped &&
      skipped.reason() == CallSkipped.Reason.DEPENDENCY_FAILED
    );
  }

  /// Whether an ended call may be opened again now: its documents exist, or may still come.
  static boolean mayComeBack(RunDraft run, int index) {
    if (!Reusing.mayComeBack(run, index)) {
      return false;
    }
    Evaluating evaluating = run.plan.evaluating();
    if (evaluating == null) {
      return true;
    }
    SourceProgress source = run.source(run.plan.layout().source(index));
    return evaluating.canRun(source, index) || mayStillRun(run, evaluating, source, index);
  }

  /// A score waits for one document only: when the call that writes it has ended, it waits in vain.
  private static boolean mayStillRun(
    RunDraft run,
    Evaluating evaluating,
    SourceProgress source,
    int index
  ) {
    PhaseLayout layout = run.plan.layout();
    if (layout.phase(index) != Phase.SINGLE_EVAL) {
      return evaluating.mayStillRun(source, index);
    }
    CallProgress author = run.find(run.plan.call(layout.scored(index)).callId());
    return author == null || author.status() != Status.ENDED;
  }

  /// An ended call that was asked for again counts as one that has not ended. It is announced when all
  /// that it works on exists.
  ///
  /// @return whether it does now
  static boolean comesBack(RunDraft run, CallProgress call) {
    run.notOk--;
    Evaluating evaluating = run.plan.evaluating();
    if (evaluating == null) {
      return true;
    }
    int number = run.plan.layout().source(call.index());
    SourceProgress source = run.source(number).counting(run.plan.layout().phase(call.index()), 1);
    run.put(number, source);
    boolean runs = evaluating.canRun(source, call.index());
    if (!runs) {
      run.put(call.waiting());
    }
    return runs;
  }

  /// Opens the next calls whose turn has come; the events that this appends bring the run back here when
  /// they are read.
  static void open(RunDraft run) {
    int room = RunDecider.CHUNK;
    while (room > 0 && (!run.openings.isEmpty() || StartingOver.next(run))) {
      Opening opening = run.openings.removeFirst();
      int count = Math.min(room, opening.calls().count());
      int first = opening.calls().first();
      for (int index = first; index < first + count; index++) {
        open(run, opening, index);
      }
      room -= count;
      Opening rest = opening.without(count);
      if (rest != null) {
        run.openings.addFirst(rest);
      }
    }
  }

  private static void open(RunDraft run, Opening opening, int index) {
    CallProgress known = run.inLastPass(run.find(run.plan.call(index).callId()));
    switch (opening) {
      case Opening.Ready _ -> ready(run, index, known);
      case Opening.Vain(var _, String why) -> vain(run, index, known, why);
      case Opening.Settled _ -> settled(run, index, known);
      case Opening.Again _ -> again(run, index, known);
    }
  }

  private static void ready(RunDraft run, int index, @Nullable CallProgress known) {
    if (known == null) {
      release(run, index, run.firstEpoch(index));
    } else {
      again(run, index, known);
    }
  }

  private static void again(RunDraft run, int index, @Nullable CallProgress known) {
    if (known == null) {
      return;
    }
    boolean ended = known.status() == Status.ENDED;
    boolean rests = ended ? known.cancel() == null : known.status() == Status.WAITING;
    if (!rests) {
      return;
    }
    SourceProgress source = run.source(run.plan.layout().source(index));
    boolean runs = Objects.requireNonNull(run.plan.evaluating()).canRun(source, index);
    if (runs && (!ended || comesBack(run, known))) {
      release(run, index, known.epoch() + 1);
    } else if (!ended) {
      skip(run, index, known.epoch() + 1, "a document that it would work on was not written");
    }
  }

  private static void release(RunDraft run, int index, int epoch) {
    PlannedCall call = run.call(index);
    run.append(call.queued(run.limits(), epoch));
    ReadyQueue.add(run, call, epoch);
  }

  private static void vain(RunDraft run, int index, @Nullable CallProgress known, String why) {
    if (known == null) {
      skip(run, index, run.firstEpoch(index), why);
    } else if (known.status() == Status.WAITING) {
      skip(run, index, known.epoch() + 1, why);
    }
  }

  private static void skip(RunDraft run, int index, int epoch, String why) {
    PlannedCall call = run.call(index);
    Stop stop = run.stop;
    Skipping.one(
      run,
      call,
      stop == null
        ? call.skipped(epoch, CallSkipped.Reason.DEPENDENCY_FAILED, why)
        : call.skipped(epoch, stop.cause().reason(), stop.message())
    );
  }

  private static void settled(RunDraft run, int index, @Nullable CallProgress known) {
    if (known == null) {
      PlannedCall call = run.call(index);
      Skipping.one(
        run,
        call,
        call.skipped(
          run.firstEpoch(index),
          CallSkipped.Reason.SETTLED,
          "the first place was settled without it",
          run.model(call.author().model()).averageCost()
        )
      );
    }
  }
}
