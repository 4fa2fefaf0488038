package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec.Order;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Calls of judged runs that are asked for again while their documents come, or do not.
class JudgedRetryTest {

  private final InstantWorkers workers = new InstantWorkers();

  @Test
  void shouldLeaveAFinishedRunAsItIsWhenNothingThatIsAskedForCanRun() {
    // given: a document that was never written
    RunBench bench = finished(1, 0);
    RunProgress before = bench.progress();
    // when
    bench.given(retry(bench, score(bench, 0)));
    // then
    assertThat(bench.progress()).isEqualTo(before);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
  }

  @Test
  void shouldNotWaitForADocumentWhoseCallHasEnded() {
    // given
    RunBench bench = finished(1, 0, 1);
    CallProgress unscored = bench.call(score(bench, 0));
    // when: only the other document is written again
    bench.given(retry(bench, 1, score(bench, 0), score(bench, 1)));
    workers.play(bench, _ -> false);
    // then
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
    assertThat(bench.call(score(bench, 0))).isEqualTo(unscored);
    assertThat(bench.calls).doesNotContainKey(id(bench, score(bench, 1)));
  }

  /// The pass over the scores comes to the source of the document only after that was written: the scores
  /// are skipped because it lacks, and their skips are read behind it.
  @Test
  void shouldScoreADocumentThatComesBeforeTheSkipsOfItsScoresAreRead() {
    // given: so many calls that the second source has not begun when both requests are read
    RunBench bench = finished(40, 3);
    bench.append(request(bench, null, Phase.SINGLE_EVAL));
    bench.append(retry(bench, 3));
    bench.readOne();
    bench.readOne();
    assertThat(bench.logged(CallSkipped.class)).noneMatch(skip -> skip.epoch() > 1);
    LaneCommand.Enqueue author = bench
      .told(LaneCommand.Enqueue.class)
      .reversed()
      .stream()
      .filter(call -> call.callId().equals(id(bench, 3)))
      .findFirst()
      .orElseThrow();
    assertThat(author.epoch()).isEqualTo(2);
    // when
    bench.append(CallFacts.dispatched(author, bench.now));
    bench.append(CallFacts.started(author, bench.now));
    bench.append(CallFacts.succeeded(author, InstantWorkers.SPEND));
    bench.readAll();
    workers.play(bench, _ -> false);
    // then
    assertThat(bench.logged(CallSkipped.class)).anyMatch(skip -> skip.epoch() > 1);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.progress().ok()).isEqualTo(bench.plan.total());
  }

  /// Two sources of three documents, ten judges.
  private RunBench finished(int judgeIterations, Integer... failing) {
    RunBench bench = workers.requested(
      EvaluatedSpecs.of(2, 1, 10, judgeIterations, 0, Order.BOTH, 0, false)
    );
    List<CallId> fail = List.of(failing)
      .stream()
      .map(index -> id(bench, index))
      .toList();
    workers.play(bench, call -> fail.contains(call.callId()));
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
    return bench;
  }

  private static CallId id(RunBench bench, int index) {
    return bench.plan.call(index).callId();
  }

  private static int score(RunBench bench, int document) {
    return bench.plan.layout().scoresOf(document).first();
  }

  private static RunRetryRequested retry(RunBench bench, int... indexes) {
    List<CallId> calls = IntStream.of(indexes)
      .mapToObj(index -> id(bench, index))
      .toList();
    return request(bench, calls, null);
  }

  private static RunRetryRequested request(
    RunBench bench,
    @Nullable List<CallId> calls,
    @Nullable Phase from
  ) {
    return new RunRetryRequested(calls, null, null, bench.now.plusSeconds(3600), "again", from);
  }
}
