package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A run while one input is worked in. Lives inside one decision.
final class RunDraft {

  final RunId runId;
  final RunPlan plan;
  final int total;
  final Instant deadlineAt;
  int queued;
  int taken;
  int active;
  int skipping;
  int ok;
  int notOk;
  boolean exhausted;
  final Map<ModelId, ModelProgress> models = new TreeMap<>();
  Charge used;
  Charge reserved;
  RunProgress.@Nullable Stop stop;

  @Nullable
  Outcome outcome;

  private final RunState.Calls before;
  private final Map<CallId, Optional<CallProgress>> changes = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();

  RunDraft(RunState state) {
    RunProgress progress = state.progress();
    runId = state.runId();
    plan = state.plan();
    before = state.calls();
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
    progress.knownModels().forEach((id, model) -> models.put(ModelId.parse(id), model));
  }

  boolean everyCallEnded() {
    return ok + notOk == total;
  }

  @Nullable
  CallProgress find(CallId callId) {
    Optional<CallProgress> changed = changes.get(callId);
    return changed == null ? before.find(callId) : changed.orElse(null);
  }

  /// The calls as they were before the input.
  List<CallProgress> callsBefore() {
    return before.all();
  }

  void put(CallProgress call) {
    changes.put(call.callId(), Optional.of(call));
  }

  void forget(CallId callId) {
    changes.put(callId, Optional.empty());
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
    return new RunStep(progress(), changes, decisions);
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
      frozenModels()
    );
  }

  /// Of a finished run nothing is kept that only its calls needed.
  private @Nullable Map<String, ModelProgress> frozenModels() {
    if (models.isEmpty() || outcome != null) {
      return null;
    }
    Map<String, ModelProgress> frozen = new TreeMap<>();
    models.forEach((id, model) -> frozen.put(id.toString(), model));
    return frozen;
  }
}
