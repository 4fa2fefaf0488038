package dev.acm2.testkit;

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
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.testkit.JudgedWorld.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static List<RecordedEvent> log(long seed, RunId runId, RunSpec spec, double smooth) {
    JudgedRun run = new JudgedRun(seed, runId, spec, smooth);
    run.write();
    return List.copyOf(run.log);
  }

  private void write() {
    add(new RunRequested(spec, world.planned(), Facts.START.plus(spec.limits().runDeadline())));
    for (Phase phase : Phase.values()) {
      List<RandomCall> calls = new ArrayList<>();
      for (RunSpec.Document document : spec.documents()) {
        List<CallPlace> places = world.places(phase, document.name());
        places.forEach(place -> calls.add(call(place)));
        skipTheRest(phase, document.name(), places);
      }
      live(calls);
    }
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
        add(
          new CallSkipped(
            new CallFacts(runId, nowhere).id(),
            1,
            phase,
            document,
            model,
            1,
            CallSkipped.Reason.DEPENDENCY_FAILED,
            "there is no such document",
            null,
            null
          )
        );
      }
    }
  }

  private void live(List<RandomCall> calls) {
    List<RandomCall> open = new ArrayList<>(calls);
    while (!open.isEmpty()) {
      RandomCall call = open.get(random.nextInt(open.size()));
      add(call.next());
      if (call.isOver()) {
        open.remove(call);
      }
    }
    calls
      .stream()
      .filter(RandomCall::hasSucceeded)
      .map(call -> new Written(call.facts().place(), call.facts().id()))
      .forEach(world::add);
  }

  private void add(RunEvent event) {
    log.add(facts.after(STEP).stamp(runId, event));
  }
}
