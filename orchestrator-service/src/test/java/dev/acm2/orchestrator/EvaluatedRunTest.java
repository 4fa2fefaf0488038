package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whole runs through all phases, with workers that answer at once.
class EvaluatedRunTest {

  private final InstantWorkers workers = new InstantWorkers();

  @Test
  void shouldMakeEveryPlannedCallOfEveryPhase() {
    RunBench bench = workers.requested(EvaluatedSpecs.of(2, 2, 2, 1, 4, Order.BOTH, 1, false));

    workers.play(bench, _ -> false);

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
    RunBench bench = workers.requested(EvaluatedSpecs.of(1, 1, 1, 1, 3, Order.BOTH, 1, false));

    workers.play(bench, _ -> false);

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
    RunBench bench = workers.requested(EvaluatedSpecs.of(1, 1, 2, 1, 3, Order.BOTH, 1, false));

    workers.play(bench, call -> call.phase() == Phase.GENERATION && call.iteration() == 1);

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
      RunBench bench = workers.requested(
        EvaluatedSpecs.of(2, 1, 2, 1, 3, Order.BOTH, 1, seed % 2 == 0)
      );
      workers.play(bench, _ -> random.nextInt(4) == 0);
      assertThat(bench.outcome()).as("seed %d", seed).isNotNull();
      Set<Object> kept = new HashSet<>(ids(bench));

      for (int i = 0; i < 6 && bench.progress().notOk() > 0; i++) {
        bench.given(
          new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "again", null)
        );
        workers.play(bench, _ -> false);
      }

      assertThat(bench.outcome()).as("seed %d", seed).isEqualTo(Outcome.COMPLETED);
      assertThat(ids(bench)).as("what succeeded is kept").containsAll(kept).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldAskNoComparisonTwiceThatMayStopEarly() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      RunBench bench = workers.requested(EvaluatedSpecs.of(2, 1, 2, 2, 3, Order.BOTH, 1, true));
      workers.play(bench, _ -> random.nextInt(4) == 0);
      for (int i = 0; i < 3; i++) {
        int index = random.nextInt(bench.plan.total());
        List<CallId> one = List.of(bench.plan.call(index).callId());
        bench.given(
          new RunRetryRequested(one, null, null, bench.now.plusSeconds(3600), "one", null)
        );
        bench.given(
          new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "all", null)
        );
        workers.play(bench, _ -> random.nextInt(4) == 0);
      }
      assertThat(bench.outcome()).as("seed %d", seed).isNotNull();
      assertThat(ids(bench)).as("seed %d", seed).doesNotHaveDuplicates();
      RunProgress end = bench.progress();
      assertThat(end.ok() + end.notOk() + end.settledCalls()).isEqualTo(bench.plan.total());
    }
  }

  @Test
  void shouldEndEveryCallWhateverFails() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      RunBench bench = workers.requested(
        EvaluatedSpecs.of(2, 1, 2, 2, 3, Order.BALANCED, 2, seed % 2 == 0)
      );

      workers.play(bench, _ -> random.nextInt(3) == 0);

      RunProgress end = bench.progress();
      assertThat(end.outcome()).as("seed %d", seed).isNotNull();
      assertThat(end.ok() + end.notOk() + end.settledCalls()).isEqualTo(bench.plan.total());
      RunBench replayed = RunBench.replay(bench, 2);
      assertThat(replayed.progress()).as("seed %d", seed).isEqualTo(end);
      assertThat(replayed.sources).isEqualTo(bench.sources);
    }
  }

  @Test
  void shouldEndACancelledCallThatWaitsForItsDocument() {
    // given: a document is written again, and what depends on it was asked for too
    RunBench bench = workers.requested(EvaluatedSpecs.of(1, 1, 1, 1, 2, Order.BOTH, 0, false));
    workers.play(bench, call -> call.phase() == Phase.GENERATION);
    bench.given(
      new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "again", null)
    );
    CallProgress waiting = bench.call(bench.plan.layout().first(Phase.SINGLE_EVAL));
    assertThat(waiting.status()).isEqualTo(CallProgress.Status.WAITING);
    // when
    bench.given(new RunEvent.CallCancelRequested(waiting.callId(), "not this one"));
    workers.play(bench, _ -> false);
    // then
    assertThat(bench.logged(CallSkipped.class).getLast())
      .matches(skip -> skip.callId().equals(waiting.callId()) && skip.epoch() == 2)
      .matches(skip -> skip.reason() == CallSkipped.Reason.CALL_CANCELLED);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
    assertThat(bench.progress().notOk()).isEqualTo(1);
  }

  @Test
  void shouldEndAllPhasesOfARunThatIsCancelled() {
    RunBench bench = workers.requested(EvaluatedSpecs.of(2, 1, 2, 1, 3, Order.BOTH, 1, false));
    workers.answerOne(bench, _ -> false);

    bench.given(new RunEvent.RunCancelRequested("enough"));
    workers.play(bench, _ -> true);

    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    RunProgress end = bench.progress();
    assertThat(end.ok() + end.notOk()).isEqualTo(bench.plan.total());
  }

  private static List<Object> ids(RunBench bench) {
    return bench
      .logged(CallSucceeded.class)
      .stream()
      .map(end -> (Object) end.callId())
      .toList();
  }

  private static Stream<CallQueued> ofPhase(RunBench bench, Phase phase) {
    return bench
      .logged(CallQueued.class)
      .stream()
      .filter(call -> call.phase() == phase);
  }

  private static List<CallQueued> queued(RunBench bench, Phase phase) {
    return ofPhase(bench, phase).toList();
  }
}
