package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whole runs through all phases, with workers that answer at once.
class EvaluatedRunTest {

  private static final Spend SPEND = new Spend(1, new Usage(10, 10, 0, 0), Usd.of("0.001"));

  private int answered;

  @Test
  void shouldMakeEveryPlannedCallOfEveryPhase() {
    RunBench bench = requested(EvaluatedSpecs.of(2, 2, 2, 1, 4, Order.BOTH, 1, false));

    play(bench, _ -> false);

    PhaseLayout layout = bench.plan.layout();
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    Map<Phase, Integer> queued = new TreeMap<>();
    bench.logged(CallQueued.class).forEach(call -> queued.merge(call.phase(), 1, Integer::sum));
    for (Phase phase : Phase.values()) {
      assertThat(queued.get(phase)).as("%s", phase).isEqualTo(layout.size(phase));
    }
    assertThat(bench.logged(CallSucceeded.class)).hasSize(layout.size());
  }

  @Test
  void shouldShowJudgesTheDocumentAndCombinersTheBestTwo() {
    RunBench bench = requested(EvaluatedSpecs.of(1, 1, 1, 1, 3, Order.BOTH, 1, false));

    play(bench, _ -> false);

    for (CallQueued call : bench.logged(CallQueued.class)) {
      int documents = call.phase() == Phase.SINGLE_EVAL ? 1 : 2;
      if (call.phase() != Phase.GENERATION) {
        assertThat(String.valueOf(call.subject()).split(":")).hasSize(documents);
        int others = call.phase() == Phase.COMBINE ? 2 : 1;
        assertThat(call.prompt().inputs()).hasSize(others + documents);
        assertThat(call.prompt().judging() == null).isEqualTo(call.phase() == Phase.COMBINE);
      }
    }
    CallQueued combine = queued(bench, Phase.COMBINE).getFirst();
    assertThat(combine.subject()).startsWith(bench.plan.call(2).callId().value());
  }

  @Test
  void shouldSkipWhatDependsOnAFailureAndSayWhy() {
    RunBench bench = requested(EvaluatedSpecs.of(1, 1, 2, 1, 3, Order.BOTH, 1, false));

    play(bench, call -> call.phase() == Phase.GENERATION && call.iteration() == 1);

    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(bench.logged(CallSkipped.class))
      .isNotEmpty()
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.DEPENDENCY_FAILED);
    assertThat(bench.progress().notOk()).isEqualTo(bench.plan.total());
  }

  @Test
  void shouldGoOnFromThereWhenFailedDocumentsAreWrittenAfterAll() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      RunBench bench = requested(
        EvaluatedSpecs.of(2, 1, 2, 1, 3, Order.BOTH, 1, seed % 2 == 0)
      );
      play(bench, _ -> random.nextInt(4) == 0);
      assertThat(bench.outcome()).as("seed %d", seed).isNotNull();
      Set<Object> kept = new HashSet<>(ids(bench));

      for (int i = 0; i < 6 && bench.progress().notOk() > 0; i++) {
        bench.given(
          new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "again")
        );
        play(bench, _ -> false);
      }

      assertThat(bench.outcome()).as("seed %d", seed).isEqualTo(Outcome.COMPLETED);
      assertThat(ids(bench)).as("what succeeded is kept").containsAll(kept).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldEndEveryCallWhateverFails() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      RunBench bench = requested(
        EvaluatedSpecs.of(2, 1, 2, 2, 3, Order.BALANCED, 2, seed % 2 == 0)
      );

      play(bench, _ -> random.nextInt(3) == 0);

      RunProgress end = bench.progress();
      assertThat(end.outcome()).as("seed %d", seed).isNotNull();
      assertThat(end.ok() + end.notOk() + end.settledCalls()).isEqualTo(bench.plan.total());
      RunBench replayed = RunBench.replay(bench, 2);
      assertThat(replayed.progress()).as("seed %d", seed).isEqualTo(end);
      assertThat(replayed.sources).isEqualTo(bench.sources);
    }
  }

  @Test
  void shouldEndAllPhasesOfARunThatIsCancelled() {
    RunBench bench = requested(EvaluatedSpecs.of(2, 1, 2, 1, 3, Order.BOTH, 1, false));
    answerOne(bench, _ -> false);

    bench.given(new RunEvent.RunCancelRequested("enough"));
    play(bench, _ -> true);

    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    RunProgress end = bench.progress();
    assertThat(end.ok() + end.notOk()).isEqualTo(bench.plan.total());
  }

  private static List<Object> ids(RunBench bench) {
    return bench.logged(CallSucceeded.class).stream().map(end -> (Object) end.callId()).toList();
  }

  private static Stream<CallQueued> ofPhase(RunBench bench, Phase phase) {
    return bench.logged(CallQueued.class).stream().filter(call -> call.phase() == phase);
  }

  private static List<CallQueued> queued(RunBench bench, Phase phase) {
    return ofPhase(bench, phase).toList();
  }

  private RunBench requested(RunSpec spec) {
    answered = 0;
    Limits limits = spec.limits();
    Limits wide = new Limits(
      limits.callDeadline(),
      limits.attemptTimeout(),
      1,
      limits.queueTtl(),
      limits.runDeadline(),
      1_000_000,
      Usd.of("100000"),
      200,
      limits.onWorkerLost(),
      limits.priority(),
      limits.weight()
    );
    RunBench bench = new RunBench(dev.acm2.testkit.Facts.runId(1), spec.withLimits(wide));
    bench
      .priced(EvaluatedSpecs.catalogue())
      .append(bench.request());
    return bench.readAll();
  }

  private void play(RunBench bench, Predicate<LaneCommand.Enqueue> fails) {
    while (answered < bench.told(LaneCommand.Enqueue.class).size()) {
      answerOne(bench, fails);
    }
  }

  private void answerOne(RunBench bench, Predicate<LaneCommand.Enqueue> fails) {
    LaneCommand.Enqueue call = bench.released(answered);
    answered++;
    boolean ended = !bench.calls.containsKey(call.callId());
    if (ended || bench.progress().stop() != null) {
      return;
    }
    bench.given(
      CallFacts.dispatched(call, bench.now),
      CallFacts.started(call, bench.now),
      fails.test(call) ? failed(call) : succeeded(bench, call)
    );
  }

  private static RunEvent failed(LaneCommand.Enqueue call) {
    return new RunEvent.CallFailed(
      call.callId(),
      call.epoch(),
      1,
      FailureKind.CONTENT_REFUSED,
      null,
      "refused " + call.callId(),
      SPEND,
      List.of()
    );
  }

  private static RunEvent succeeded(RunBench bench, LaneCommand.Enqueue call) {
    return new CallSucceeded(
      call.callId(),
      call.epoch(),
      1,
      result(bench, call),
      SPEND,
      Evidence.NONE,
      new Timings(Duration.ofMillis(1), Duration.ofMillis(2)),
      List.of()
    );
  }

  private static CallResult result(RunBench bench, LaneCommand.Enqueue call) {
    return switch (call.phase()) {
      case GENERATION, COMBINE -> new CallResult.Document(
        EvaluatedSpecs.text("by " + call.model() + call.callId()),
        "doc"
      );
      case SINGLE_EVAL -> {
        int score = 2 + quality(bench, String.valueOf(call.subject()));
        yield new CallResult.Scores(
          List.of(
            new CallResult.Score("accuracy", score, "so"),
            new CallResult.Score("style", 3, "so")
          )
        );
      }
      case PAIRWISE, POST_COMBINE -> {
        String[] pair = String.valueOf(call.subject()).split(":");
        int first = quality(bench, pair[0]);
        int second = quality(bench, pair[1]);
        yield new CallResult.Preference(
          first == second ? null : dev.acm2.contract.CallId.parse(pair[first > second ? 0 : 1]),
          "so"
        );
      }
    };
  }

  /// The later an author stands in the specification, the better it writes.
  private static int quality(RunBench bench, String document) {
    int index = bench.plan.indexOf(dev.acm2.contract.CallId.parse(document)).orElseThrow();
    return index < bench.plan.size() ? index % 3 : 3;
  }
}
