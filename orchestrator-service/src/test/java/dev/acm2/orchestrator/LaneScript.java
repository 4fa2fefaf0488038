package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.Limits.Priority;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One lane over time, without anything around it.
final class LaneScript {

  private static final ModelId MODEL = ModelId.parse("openai:gpt-5-mini");

  final LaneLimits limits;
  final List<Instant> releasedAt = new ArrayList<>();
  final List<LaneCommand.Enqueue> inFlight = new ArrayList<>();
  Lane lane = Lane.EMPTY;
  Instant now = Facts.START;

  @Nullable
  Instant wakeAt;

  private final MapEntries entries = new MapEntries();
  private int waiting;
  private int made;

  LaneScript(LaneLimits limits) {
    this.limits = limits;
  }

  int waiting() {
    return waiting;
  }

  LaneScript enqueue(int run, int calls) {
    for (int i = 0; i < calls; i++) {
      made++;
      waiting++;
      tell(call(Facts.runId(run), made));
    }
    return this;
  }

  /// One call whose turn does not come earlier.
  LaneScript enqueueLater(int run, long millis) {
    made++;
    waiting++;
    return tell(call(Facts.runId(run), made).notBefore(now.plusMillis(millis)));
  }

  LaneScript drop(int run) {
    return tell(new LaneCommand.DropRun(Facts.runId(run)));
  }

  LaneScript end(boolean succeeded) {
    return end(0, succeeded);
  }

  LaneScript end(int index, boolean succeeded) {
    LaneCommand.Enqueue call = inFlight.remove(index);
    return tell(new LaneCommand.Free(call.runId(), call.callId(), 1, succeeded));
  }

  LaneScript block(long millis) {
    return tell(
      new LaneCommand.Block(Facts.runId(1), callId(Facts.runId(1), 1), now.plusMillis(millis))
    );
  }

  LaneScript retry(long millis) {
    return tell(
      new LaneCommand.CountRequest(
        Facts.runId(1),
        callId(Facts.runId(1), 1),
        now.plusMillis(millis)
      )
    );
  }

  /// Time passes; the lane is woken when it asked for it.
  LaneScript pass(long millis) {
    Instant end = now.plusMillis(millis);
    while (wakeAt != null && !wakeAt.isAfter(end)) {
      now = wakeAt;
      take(LaneDecider.fill(lane, limits, entries, now));
    }
    now = end;
    return this;
  }

  private LaneScript tell(LaneCommand command) {
    take(LaneDecider.decide(lane, limits, entries, command, now));
    return this;
  }

  private void take(LaneDecider.Step step) {
    lane = step.lane();
    wakeAt = step.wakeAt();
    for (LaneDecider.Release release : step.releases()) {
      waiting--;
      releasedAt.add(now);
      inFlight.add(release.call());
    }
  }

  private static CallId callId(RunId runId, int number) {
    return CallId.of(runId, CallPlace.generation("doc", MODEL, number));
  }

  private static LaneCommand.Enqueue call(RunId runId, int number) {
    RunPlan plan = new RunPlan(runId, Specs.run(1, 1, MODEL.toString()));
    LaneCommand.Enqueue any = plan.call(0).enqueue(runId, plan.spec().limits(), Facts.START, 1, 1);
    return new LaneCommand.Enqueue(
      runId,
      callId(runId, number),
      1,
      any.phase(),
      any.document(),
      MODEL,
      any.iteration(),
      null,
      any.prompt(),
      any.options(),
      any.limits(),
      any.runDeadlineAt(),
      Priority.NORMAL,
      1,
      null
    );
  }
}
