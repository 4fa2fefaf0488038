package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Phases of finished runs that are run anew, with workers that answer at once.
class StartingOverTest {

  private static final RunSpec SPEC = EvaluatedSpecs.of(2, 2, 2, 1, 4, Order.BOTH, 1, false);

  private final InstantWorkers workers = new InstantWorkers();

  @ParameterizedTest
  @EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "GENERATION")
  void shouldRunThePhaseAndThoseAfterItOnceMore(Phase from) {
    // given
    RunBench bench = finished(SPEC);
    Map<Integer, SourceProgress> before = new HashMap<>(bench.sources);
    long spent = bench.progress().used().attempts();
    // when
    again(bench, from);
    workers.play(bench, _ -> false);
    // then
    PhaseLayout layout = bench.plan.layout();
    for (Phase phase : Phase.values()) {
      int wanted = phase.compareTo(from) < 0 ? 0 : layout.size(phase);
      assertThat(reopened(bench, phase)).as("%s", phase).doesNotHaveDuplicates().hasSize(wanted);
    }
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.progress().ok()).isEqualTo(layout.size());
    assertThat(bench.progress().used().attempts()).isEqualTo(
      spent + layout.size() - layout.first(from)
    );
    assertThat(bench.sources).as("the same judges say the same").isEqualTo(before);
    assertThat(bench.logged(RunFinished.class)).hasSize(2);
  }

  @Test
  void shouldCountOnlyWhatTheNewPassGave() {
    RunBench bench = finished(SPEC);
    again(bench, Phase.SINGLE_EVAL);

    workers.play(bench, call -> call.phase() == Phase.SINGLE_EVAL);

    assertThat(bench.sources.values()).allSatisfy(source ->
      assertThat(source.answers().headMap(bench.plan.layout().first(Phase.PAIRWISE))).isEmpty()
    );
    assertThat(bench.progress().notOk()).isEqualTo(bench.plan.layout().size(Phase.SINGLE_EVAL));
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
  }

  @Test
  void shouldLetNothingOfAnOlderPassCount() {
    RunBench bench = finished(SPEC);
    List<CallSucceeded> old = bench.logged(CallSucceeded.class);
    again(bench, Phase.PAIRWISE);
    RunProgress opened = bench.progress();
    Map<Integer, SourceProgress> sources = new HashMap<>(bench.sources);

    old.forEach(bench::given);

    assertThat(bench.progress()).isEqualTo(opened);
    assertThat(bench.sources).isEqualTo(sources);
  }

  @Test
  void shouldIgnoreWhatCannotBeRunAnew() {
    RunBench running = workers.requested(SPEC);
    RunProgress before = running.progress();
    again(running, Phase.PAIRWISE);
    assertThat(running.progress()).isEqualTo(before);

    RunBench scored = finished(EvaluatedSpecs.of(1, 1, 1, 1, 0, Order.BOTH, 0, false));
    int logged = scored.log.size();
    again(scored, Phase.PAIRWISE);
    again(scored, Phase.GENERATION);
    assertThat(scored.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(scored.log).hasSize(logged + 2);
  }

  @Test
  void shouldOpenNoCallOfThePassTwiceWhenFailedOnesAreAskedForMeanwhile() {
    // given: comparisons that failed in the first pass
    RunBench bench = workers.requested(SPEC);
    workers.play(bench, call -> call.phase() == Phase.PAIRWISE);
    again(bench, Phase.SINGLE_EVAL);
    // when: the old failures are asked for, before their turn has come in the new pass
    bench.given(new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "all", null));
    bench.given(retryOf(bench, bench.plan.layout().first(Phase.PAIRWISE)));
    workers.play(bench, _ -> false);
    // then
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(reopened(bench, Phase.PAIRWISE)).doesNotHaveDuplicates();
    assertThat(bench.progress().ok()).isEqualTo(bench.plan.total());
  }

  @Test
  void shouldEndEveryCallOfAPassThatIsCancelled() {
    RunBench bench = finished(SPEC);
    again(bench, Phase.SINGLE_EVAL);
    workers.answerOne(bench, _ -> false);

    bench.given(new RunEvent.RunCancelRequested("enough"));
    workers.play(bench, _ -> true);

    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    RunProgress end = bench.progress();
    assertThat(end.ok() + end.notOk()).isEqualTo(bench.plan.total());
    assertThat(bench.logged(CallSkipped.class)).allMatch(skip -> skip.epoch() == 2);
  }

  @Test
  void shouldAlwaysComeToAnEndWhateverFailsAndIsAskedForAgain() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Order order = seed % 3 == 0 ? Order.BALANCED : Order.BOTH;
      RunBench bench = workers.requested(EvaluatedSpecs.of(2, 1, 2, 2, 3, order, 1, seed % 2 == 0));
      workers.play(bench, _ -> random.nextInt(4) == 0);
      for (int pass = 0; pass < 4; pass++) {
        again(bench, Phase.values()[1 + random.nextInt(4)]);
        for (int i = random.nextInt(9); i > 0; i--) {
          bench.given(retryOf(bench, random.nextInt(bench.plan.total())));
        }
        workers.play(bench, _ -> random.nextInt(4) == 0);
        assertThat(bench.outcome()).as("seed %d", seed).isNotNull();
      }
      assertEndedOnce(bench, seed);
      RunBench replayed = RunBench.replay(bench, 2);
      assertThat(replayed.progress()).as("seed %d", seed).isEqualTo(bench.progress());
      assertThat(replayed.sources).isEqualTo(bench.sources);
    }
  }

  private static void assertEndedOnce(RunBench bench, long seed) {
    RunProgress end = bench.progress();
    assertThat(end.ok() + end.notOk() + end.settledCalls())
      .as("seed %d", seed)
      .isEqualTo(bench.plan.total());
    Stream<List<Object>> ends = bench
      .logged(CallEnded.class)
      .stream()
      .map(event -> List.of(event.callId(), event.epoch()));
    assertThat(ends).as("seed %d", seed).doesNotHaveDuplicates();
    Map<CallId, Integer> epochs = new HashMap<>();
    for (CallEnded event : bench.logged(CallEnded.class)) {
      Integer before = epochs.put(event.callId(), event.epoch());
      assertThat(before == null || before < event.epoch())
        .as("seed %d", seed)
        .isTrue();
    }
  }

  private RunBench finished(RunSpec spec) {
    RunBench bench = workers.requested(spec);
    workers.play(bench, _ -> false);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    return bench;
  }

  private static void again(RunBench bench, Phase from) {
    bench.given(
      new RunRetryRequested(null, null, null, bench.now.plusSeconds(3600), "again", from)
    );
  }

  private static RunRetryRequested retryOf(RunBench bench, int index) {
    List<CallId> calls = List.of(bench.plan.call(index).callId());
    return new RunRetryRequested(calls, null, null, bench.now.plusSeconds(3600), "this one", null);
  }

  private static List<CallId> reopened(RunBench bench, Phase phase) {
    List<CallId> calls = new ArrayList<>();
    for (CallQueued event : bench.logged(CallQueued.class)) {
      if (event.phase() == phase && event.epoch() > 1) {
        calls.add(event.callId());
      }
    }
    return calls;
  }
}
