package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import dev.acm2.orchestrator.RunState.ReadyCall;
import dev.acm2.orchestrator.RunState.ReadyPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A run while one input is worked in. Lives inside one decision.
final class RunDraft {

  /// No call of a run that an older build has begun has come so far.
  private static final int EPOCHS_OF_OLDER_BUILDS = 1000;

  final RunId runId;
  final RunPlan plan;
  final int total;
  Instant deadlineAt;
  int queued;
  int taken;
  int active;
  int skipping;
  int ok;
  int notOk;
  int settled;
  boolean exhausted;
  final Map<ModelId, ModelProgress> models = new TreeMap<>();
  Charge used;
  Charge reserved;
  RunProgress.@Nullable Stop stop;

  @Nullable
  Outcome outcome;

  /// The lanes that hold the run's calls, null while the run is not paused.
  @Nullable
  SortedSet<String> held;

  RaisedLimits raised;
  int rounds;
  RunProgress.@Nullable Reopening reopening;

  int epochs;
  RunProgress.@Nullable Pass startingOver;
  boolean deleted;

  /// Whether the log shows it as finished, as far as it was read.
  boolean shownFinished;

  final Map<Phase, Integer> firstEpochs = new TreeMap<>();

  /// Calls of later phases whose turn has come, some of which are opened at a time.
  final List<Opening> openings = new ArrayList<>();

  private final IntFunction<@Nullable SourceProgress> sourcesBefore;
  private final Map<Integer, SourceProgress> sources = new TreeMap<>();
  private final RunState.Calls before;
  private final Map<CallId, Optional<CallProgress>> changes = new LinkedHashMap<>();
  private final Map<ReadyPlace, Optional<ReadyCall>> moves = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();

  RunDraft(RunState state) {
    RunProgress progress = state.progress();
    runId = state.runId();
    plan = state.plan();
    before = state.calls();
    sourcesBefore = state.sources();
    openings.addAll(progress.waitingOpenings());
    settled = progress.settledCalls();
    total = progress.total();
    deadlineAt = progress.deadlineAt();
    queued = progress.queued();
    taken = progress.taken();
    active = progress.active();
    skipping = progress.skipping();
    ok = progress.ok();
    notOk = progress.notOk();
    exhausted = progress.exhausted();
    used = progress.used();
    reserved = progress.reserved();
    stop = progress.stop();
    outcome = progress.outcome();
    held = progress.held() == null ? null : new TreeSet<>(progress.held());
    raised = progress.raised() == null ? RaisedLimits.NONE : progress.raised();
    rounds = progress.rounds() == null ? 0 : progress.rounds();
    reopening = progress.reopening();
    epochs = progress.epochs() == null ? EPOCHS_OF_OLDER_BUILDS : progress.epochs();
    firstEpochs.putAll(progress.firstEpochs() == null ? Map.of() : progress.firstEpochs());
    startingOver = progress.startingOver();
    deleted = progress.isDeleted();
    shownFinished = progress.shownFinished() == null ? outcome != null : progress.shownFinished();
    progress.knownModels().forEach((id, model) -> models.put(ModelId.parse(id), model));
  }

  boolean everyCallEnded() {
    return ok + notOk + settled == total && reopening == null;
  }

  boolean isPaused() {
    return held != null;
  }

  /// Those of the specification, with what was replaced since.
  Limits limits() {
    return raised.over(plan.spec().limits());
  }

  @Nullable
  CallProgress find(CallId callId) {
    Optional<CallProgress> changed = changes.get(callId);
    return changed == null ? before.find(callId) : changed.orElse(null);
  }

  /// The calls that did not rest, as they were before the input.
  List<CallProgress> liveBefore() {
    return before.live();
  }

  /// The calls that had ended without success before the input, in the order of the plan.
  List<CallProgress> endedBefore(int from, int most) {
    return before.ended(from, most);
  }

  /// The epoch of a call that is opened for the first time in the last pass over its phase.
  int firstEpoch(int index) {
    return plan.evaluating() == null ? 1 : firstEpochs.getOrDefault(plan.layout().phase(index), 1);
  }

  /// A call in the last pass over its phase, null as long as it was not opened in it.
  @Nullable
  CallProgress inLastPass(@Nullable CallProgress call) {
    return call == null || call.epoch() < firstEpoch(call.index()) ? null : call;
  }

  void put(CallProgress call) {
    changes.put(call.callId(), Optional.of(call));
  }

  void forget(CallId callId) {
    changes.put(callId, Optional.empty());
  }

  @Nullable
  ReadyCall find(ReadyPlace place) {
    Optional<ReadyCall> moved = moves.get(place);
    return moved == null ? before.ready(place) : moved.orElse(null);
  }

  void put(ReadyPlace place, ReadyCall call) {
    moves.put(place, Optional.of(call));
  }

  void leave(ReadyPlace place) {
    moves.put(place, Optional.empty());
  }

  /// Of a run that judges.
  SourceProgress source(int number) {
    SourceProgress changed = sources.get(number);
    SourceProgress known = changed == null ? sourcesBefore.apply(number) : changed;
    return known == null ? SourceProgress.fresh(plan.layout()) : known;
  }

  void put(int number, SourceProgress source) {
    sources.put(number, source);
  }

  /// A call of the plan, with the documents that it works on as far as they exist.
  PlannedCall call(int index) {
    Evaluating evaluating = plan.evaluating();
    return evaluating == null || index < plan.size()
      ? plan.call(index)
      : plan.call(index, evaluating.shown(source(plan.layout().source(index)), index));
  }

  ModelProgress model(ModelId id) {
    return models.getOrDefault(id, ModelProgress.FRESH);
  }

  void put(ModelId id, ModelProgress model) {
    models.put(id, model);
  }

  /// The lane that the call was sent to.
  String laneOf(CallProgress call) {
    String lane = call.lane();
    return lane == null ? plan.model(call.index()).provider() : lane;
  }

  void append(RunEvent event) {
    decisions.add(new Decision.Append(event));
  }

  void decide(Decision decision) {
    decisions.add(decision);
  }

  RunStep freeze() {
    return new RunStep(progress(), changes, moves, sources, decisions);
  }

  private RunProgress progress() {
    return new RunProgress(
      total,
      queued,
      taken,
      active,
      skipping,
      ok,
      notOk,
      exhausted,
      used,
      reserved,
      deadlineAt,
      stop,
      outcome,
      frozenModels(),
      held == null ? null : List.copyOf(held),
      raised.equals(RaisedLimits.NONE) ? null : raised,
      rounds == 0 ? null : rounds,
      reopening,
      settled == 0 ? null : settled,
      openings.isEmpty() ? null : List.copyOf(openings),
      epochs,
      firstEpochs.isEmpty() ? null : Map.copyOf(firstEpochs),
      startingOver,
      deleted ? true : null,
      shownFinished
    );
  }

  /// Of a finished run only what its calls have cost is kept, as long as some may be run again.
  private @Nullable Map<String, ModelProgress> frozenModels() {
    Map<String, ModelProgress> frozen = new TreeMap<>();
    models.forEach((id, model) -> {
      if (outcome == null) {
        frozen.put(id.toString(), model);
      } else if (model.ended() != null && (notOk > 0 || plan.evaluating() != null)) {
        frozen.put(id.toString(), model.remains());
      }
    });
    return frozen.isEmpty() ? null : frozen;
  }
}
