package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.Spend;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunDeciderTest {

  private static final String MODEL = "openai:gpt-5-mini";
  private static final String OTHER = "openai-compatible:llama";

  @Test
  void shouldQueueEveryPlannedCallInPlanOrder() {
    RunBench bench = RunBench.requested(Specs.run(3, 2, MODEL, OTHER));

    List<CallId> queued = bench.logged(CallQueued.class).stream().map(CallQueued::callId).toList();
    List<CallId> planned = java.util.stream.IntStream.range(0, 12)
      .mapToObj(i -> bench.plan.call(i).callId())
      .toList();
    assertThat(queued).isEqualTo(planned).doesNotHaveDuplicates();
  }

  @Test
  void shouldQueueALargeRunInSteps() {
    RunBench bench = new RunBench(dev.acm2.testkit.Facts.runId(1), Specs.run(700, 2, MODEL));

    bench.append(bench.request());
    bench.readOne();
    int afterOneStep = bench.logged(CallQueued.class).size();
    bench.readAll();

    assertThat(afterOneStep).isEqualTo(RunDecider.CHUNK);
    assertThat(bench.logged(CallQueued.class).stream().map(CallEvent::callId))
      .hasSize(1400)
      .doesNotHaveDuplicates();
  }

  @Test
  void shouldReleaseNoMoreThanTheConcurrencyOfTheRun() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(4)));

    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(4);
  }

  @Test
  void shouldFreeTheSlotAndReleaseTheNextCallWhenOneEnds() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    LaneCommand.Enqueue first = bench.released(0);

    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.001")));

    assertThat(bench.told(LaneCommand.Free.class)).containsExactly(
      new LaneCommand.Free(bench.runId, first.callId(), 1, true, 20L)
    );
    assertThat(bench.released(2).callId()).isEqualTo(bench.plan.call(2).callId());
  }

  @Test
  void shouldIgnoreASecondRequest() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));
    int decisions = bench.decisions.size();

    bench.given(bench.request());

    assertThat(bench.decisions).hasSize(decisions);
  }

  @Test
  void shouldIgnoreASecondEndOfACall() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.001")));

    bench.given(failed(first, spend(1, "0.001")));

    assertThat(bench.progress().ok()).isEqualTo(1);
    assertThat(bench.progress().notOk()).isZero();
    assertThat(bench.told(LaneCommand.Free.class)).hasSize(1);
  }

  @Test
  void shouldCompleteWhenEveryCallSucceeded() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));

    endAll(bench, call -> true);

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    assertThat(bench.calls).isEmpty();
  }

  @Test
  void shouldCompleteWithErrorsWhenSomeCallsFailed() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));

    endAll(bench, call -> call.callId().equals(bench.plan.call(0).callId()));

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
  }

  @Test
  void shouldFailWhenNoCallSucceeded() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));

    endAll(bench, call -> false);

    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void shouldChangeNothingAfterTheEnd() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    endAll(bench, call -> true);
    RunProgress end = bench.progress();
    int logged = bench.log.size();

    bench.given(failed(bench.released(0), Spend.NONE), new RunCancelRequested("late"));
    bench.after(Duration.ofDays(1)).sweep(bench.now);

    assertThat(bench.progress()).isEqualTo(end);
    assertThat(bench.log).hasSize(logged + 2);
  }

  private static void endAll(
    RunBench bench,
    java.util.function.Predicate<LaneCommand.Enqueue> succeeds
  ) {
    for (LaneCommand.Enqueue call : bench.told(LaneCommand.Enqueue.class)) {
      bench.given(dispatched(call, bench.now), started(call, bench.now));
      bench.given(
        succeeds.test(call) ? succeeded(call, spend(1, "0.001")) : failed(call, spend(3, "0.003"))
      );
    }
  }
}
