package dev.acm2.testkit;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.testkit.JudgedWorld.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A whole valid log of a run that is judged to its end, out of a seed: documents are generated, scored,
/// compared, combined and compared again. Some calls fail; what was planned about their documents is
/// skipped. The same seed gives the same log.
///
/// The models of [#MODELS] write the better the earlier they are named, a combined document is better
/// than what it was made from, and judges find that out, with some noise.
public final class JudgedRun {

  public static final List<String> MODELS = List.of(
    "openai:gpt-5.1",
    "openai:gpt-5-mini",
    "openai-compatible:llama"
  );

  private static final Duration STEP = Duration.ofMillis(137);

  private final Random random;
  private final Facts facts = new Facts("test");
  private final RunId runId;
  private final RunSpec spec;
  private final JudgedWorld world;
  private final double smooth;
  private final Map<Phase, List<RandomCall>> calls = new EnumMap<>(Phase.class);
  private final Map<Phase, List<CallSkipped>> missing = new EnumMap<>(Phase.class);
  private final List<RecordedEvent> log = new ArrayList<>();

  private JudgedRun(long seed, RunId runId, RunSpec spec, double smooth) {
    this.random = new Random(seed);
    this.runId = runId;
    this.spec = spec;
    this.smooth = smooth;
    world = new JudgedWorld(random, spec);
  }

  public static RunSpec spec(int documents) {
    return Specs.judged(documents, 1, MODELS.toArray(String[]::new));
  }

  /// @param documents the run is that of [#spec]
  public static List<RecordedEvent> log(long seed, RunId runId, int documents) {
    return log(seed, runId, spec(documents), 0.85);
  }

  /// As [#log], and no call fails.
  public static List<RecordedEvent> smoothLog(long seed, RunId runId, int documents) {
    return log(seed, runId, spec(documents), 1);
  }

  /// As [#log], and when the run has finished, one of its phases is run anew with those after it, once or
  /// twice; ends that come too late stand behind all.
  public static List<RecordedEvent> anewLog(long seed, RunId runId, int documents) {
    JudgedRun run = new JudgedRun(seed, runId, spec(documents), 0.85);
    run.write();
    int rounds = 1 + run.random.nextInt(2);
    for (int round = 1; round <= rounds; round++) {
      run.runAnew(Phase.values()[1 + run.random.nextInt(Phase.values().length - 1)]);
    }
    run.calls.values().forEach(some -> some.forEach(call -> call.late.forEach(run::add)));
    return List.copyOf(run.log);
  }

  private static List<RecordedEvent> log(long seed, RunId runId, RunSpec spec, double smooth) {
    JudgedRun run = new JudgedRun(seed, runId, spec, smooth);
    run.write();
    return List.copyOf(run.log);
  }

  private void write() {
    add(new RunRequested(spec, world.planned(), Facts.START.plus(spec.limits().runDeadline())));
    for (Phase phase : Phase.values()) {
      List<RandomCall> some = new ArrayList<>();
      for (RunSpec.Document document : spec.documents()) {
        List<CallPlace> places = world.places(phase, document.name());
        places.forEach(place -> some.add(call(place)));
        skipTheRest(phase, document.name(), places);
      }
      calls.put(phase, some);
      live(some);
    }
    finish();
  }

  private void runAnew(Phase from) {
    Instant deadlineAt = facts.now().plus(spec.limits().runDeadline());
    add(new RunRetryRequested(null, null, null, deadlineAt, "judge it again", from));
    for (Phase phase : Phase.values()) {
      if (phase.compareTo(from) >= 0) {
        world.forget(phase);
        List<RandomCall> some = calls.getOrDefault(phase, List.of());
        some.forEach(this::again);
        missing.computeIfPresent(phase, (_, skipped) -> skipped.stream().map(this::again).toList());
        live(some);
      }
    }
    finish();
  }

  private void again(RandomCall call) {
    if (world.hasAll(call.facts().place())) {
      call.reopen();
    } else {
      call.skipAgain();
    }
  }

  /// It is missing still.
  private CallSkipped again(CallSkipped before) {
    CallSkipped next = skipped(
      before.callId(),
      before.epoch() + 1,
      before.phase(),
      before.document(),
      before.model()
    );
    add(next);
    return next;
  }

  private void finish() {
    add(new RunFinished(Outcome.COMPLETED_WITH_ERRORS, "all calls have ended"));
  }

  private RandomCall call(CallPlace place) {
    CallFacts happens = new CallFacts(runId, place);
    return new RandomCall(random, happens, smooth, () -> result(happens));
  }

  private CallResult result(CallFacts call) {
    return switch (call.place().phase()) {
      case GENERATION, COMBINE -> new CallResult.Document(call.output(1, 1), "A text");
      case SINGLE_EVAL -> world.scores(call.place());
      case PAIRWISE, POST_COMBINE -> world.preference(call.place());
    };
  }

  /// What was planned and has nothing to be about.
  private void skipTheRest(Phase phase, String document, List<CallPlace> places) {
    for (ModelId model : world.models(phase)) {
      long there = places
        .stream()
        .filter(place -> place.model().equals(model))
        .count();
      for (long number = there; number < world.planned(phase, model); number++) {
        CallPlace nowhere = new CallPlace(phase, document, model, 1, "missing " + number);
        CallId id = new CallFacts(runId, nowhere).id();
        CallSkipped skipped = skipped(id, 1, phase, document, model);
        missing.computeIfAbsent(phase, _ -> new ArrayList<>()).add(skipped);
        add(skipped);
      }
    }
  }

  private static CallSkipped skipped(
    CallId id,
    int epoch,
    Phase phase,
    String document,
    ModelId model
  ) {
    return new CallSkipped(
      id,
      epoch,
      phase,
      document,
      model,
      1,
      CallSkipped.Reason.DEPENDENCY_FAILED,
      "there is no such document",
      null,
      null
    );
  }

  private void live(List<RandomCall> some) {
    List<RandomCall> open = new ArrayList<>(some);
    while (!open.isEmpty()) {
      RandomCall call = open.get(random.nextInt(open.size()));
      add(call.next());
      if (call.isOver()) {
        open.remove(call);
      }
    }
    some
      .stream()
      .filter(RandomCall::hasSucceeded)
      .map(call -> new Written(call.facts().place(), call.facts().id()))
      .forEach(world::add);
  }

  private void add(RunEvent event) {
    log.add(facts.after(STEP).stamp(runId, event));
  }
}
