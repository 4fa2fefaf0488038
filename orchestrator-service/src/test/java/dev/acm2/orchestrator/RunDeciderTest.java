package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Spend;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunDeciderTest {
  private static final String MODEL = "openai:gpt-5-mini";
  private static final String OTHER = "openai-compatible:llama";

  @Test
  void shouldQueueEveryPlannedCallInPlanOrder() {
    RunBench bench = RunBench.requested(Specs.run(3, 2, MODEL, OTHER));

    List<CallId> queued = bench.logged(CallQueued.class).stream().map(CallQueued::callId).toList();
    List<CallId> planned =
        java.util.stream.IntStream.range(0, 12).mapToObj(i -> bench.plan.call(i).callId()).toList();
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
    RunBench bench = RunBench.requested(limited(l -> withConcurrency(l, 4)));

    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(4);
  }

  @Test
  void shouldFreeTheSlotAndReleaseTheNextCallWhenOneEnds() {
    RunBench bench = RunBench.requested(limited(l -> withConcurrency(l, 2)));
    LaneCommand.Enqueue first = released(bench, 0);

    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.001")));

    assertThat(bench.told(LaneCommand.Free.class))
        .containsExactly(new LaneCommand.Free(bench.runId, first.callId(), 1));
    assertThat(released(bench, 2).callId()).isEqualTo(bench.plan.call(2).callId());
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
    LaneCommand.Enqueue first = released(bench, 0);
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

    bench.given(failed(released(bench, 0), Spend.NONE), new RunCancelRequested("late"));
    bench.after(Duration.ofDays(1)).sweep(bench.now);

    assertThat(bench.progress()).isEqualTo(end);
    assertThat(bench.log).hasSize(logged + 2);
  }

  @Test
  void shouldSkipUndispatchedCallsAtOnceWhenTheRunIsCancelled() {
    RunBench bench = RunBench.requested(limited(l -> withConcurrency(l, 2)));

    bench.given(new RunCancelRequested("enough"));

    assertThat(bench.logged(CallSkipped.class))
        .hasSize(bench.plan.size())
        .allMatch(skip -> skip.reason() == CallSkipped.Reason.RUN_CANCELLED);
    assertThat(bench.told(LaneCommand.DropRun.class)).hasSize(1);
    assertThat(bench.decisions).anyMatch(Decision.Broadcast.class::isInstance);
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void shouldEndCallsUnderWayFiveSecondsAfterACancel() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));
    LaneCommand.Enqueue inFlight = released(bench, 0);
    LaneCommand.Enqueue onItsWay = released(bench, 1);
    bench.given(
        dispatched(inFlight, bench.now), dispatched(onItsWay, bench.now),
        started(inFlight, bench.now), new RunCancelRequested("enough"));
    assertThat(bench.outcome()).isNull();

    bench.after(Duration.ofMillis(4999)).sweep(bench.now).readAll();
    assertThat(bench.outcome()).isNull();
    bench.after(Duration.ofMillis(1)).sweep(bench.now).readAll();

    assertThat(bench.logged(CallCancelled.class))
        .singleElement()
        .matches(end -> end.callId().equals(inFlight.callId()) && end.attempt() == 1);
    assertThat(bench.logged(CallSkipped.class))
        .singleElement()
        .matches(end -> end.callId().equals(onItsWay.callId()));
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void shouldTakeTheWorkersOwnEndAfterACancel() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = released(bench, 0);
    bench.given(started(call, bench.now), new RunCancelRequested("enough"));

    bench.given(CallFacts.cancelled(call, spend(1, "0.001")), new RunCancelRequested("again"));

    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    assertThat(bench.progress().used()).isEqualTo(Charge.of(spend(1, "0.001")));
  }

  @Test
  void shouldEndTheRunAtItsDeadline() {
    RunBench bench = RunBench.requested(limited(l -> withConcurrency(l, 1)));
    LaneCommand.Enqueue call = released(bench, 0);
    bench.given(dispatched(call, bench.now), started(call, bench.now));

    bench.after(Duration.ofHours(1)).sweep(bench.now).readAll();
    bench.after(RunDecider.STOP_GRACE).sweep(bench.now).readAll();

    assertThat(bench.logged(CallSkipped.class))
        .hasSize(bench.plan.size() - 1)
        .allMatch(skip -> skip.reason() == CallSkipped.Reason.RUN_DEADLINE);
    assertThat(bench.outcome()).isEqualTo(Outcome.DEADLINE_EXCEEDED);
  }

  @Test
  void shouldTimeOutAStartedCallTwoSecondsAfterItsDeadline() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = released(bench, 0);
    bench.given(started(call, bench.now));
    Instant deadline = bench.now.plus(Duration.ofMinutes(1));

    bench.after(Duration.ofMillis(61_999)).sweep(bench.now).readAll();
    assertThat(bench.logged(CallTimedOut.class)).isEmpty();
    bench.after(Duration.ofMillis(1)).sweep(bench.now).readAll();

    CallTimedOut end = bench.logged(CallTimedOut.class).getFirst();
    assertThat(end.enforcedBy()).isEqualTo(Enforcer.SWEEPER);
    assertThat(end.deadline()).isEqualTo(deadline);
    assertThat(end.spend()).isNull();
    assertThat(bench.progress().used().attempts()).isEqualTo(3);
  }

  @Test
  void shouldSkipACallThatNoWorkerTookInTime() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    bench.given(dispatched(released(bench, 0), bench.now));

    bench.after(Duration.ofMinutes(10).plusSeconds(2)).sweep(bench.now).readAll();

    assertThat(bench.logged(CallSkipped.class))
        .singleElement()
        .matches(skip -> skip.reason() == CallSkipped.Reason.QUEUE_TTL);
    assertThat(bench.progress().used()).isEqualTo(Charge.NONE);
  }

  @Test
  void shouldLetTheEarlierEndInTheLogWinAgainstTheSweeper() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = released(bench, 0);
    bench.given(started(call, bench.now));

    bench.after(Duration.ofSeconds(62)).append(succeeded(call, spend(1, "0.001")));
    bench.sweep(bench.now).readAll();

    assertThat(bench.logged(CallTimedOut.class)).hasSize(1);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void shouldSendACallAgainOnceWhenItsWorkerFellSilent() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue first = released(bench, 0);
    Instant start = bench.now;
    bench.given(started(first, start));

    bench.after(Duration.ofMillis(9_999)).sweep(start).readAll();
    assertThat(bench.logged(CallOrphaned.class)).isEmpty();
    bench.after(Duration.ofMillis(1)).sweep(start).readAll();
    LaneCommand.Enqueue second = released(bench, 1);
    bench.given(started(second, bench.now));
    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();

    assertThat(second.epoch()).isEqualTo(2);
    assertThat(bench.logged(CallOrphaned.class).stream().map(CallOrphaned::policy))
        .containsExactly(CallOrphaned.Policy.REDISPATCHED, CallOrphaned.Policy.FAILED);
    assertThat(bench.logged(CallFailed.class))
        .singleElement()
        .matches(end -> end.kind() == FailureKind.WORKER_LOST && end.epoch() == 2);
    assertThat(bench.told(LaneCommand.Free.class)).hasSize(2);
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void shouldNotCallAWorkerLostThatIsHeardOf() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    bench.given(started(released(bench, 0), bench.now));

    for (int second = 0; second < 50; second++) {
      bench.after(Duration.ofSeconds(1)).sweep(bench.now.minusSeconds(3)).readAll();
    }

    assertThat(bench.logged(CallOrphaned.class)).isEmpty();
  }

  @Test
  void shouldFailALostCallWhenThePolicySaysSo() {
    RunBench bench = RunBench.requested(limited(RunDeciderTest::failingWhenLost));
    Instant start = bench.now;
    bench.given(started(released(bench, 0), start));

    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();

    assertThat(bench.logged(CallFailed.class))
        .singleElement()
        .matches(end -> end.kind() == FailureKind.WORKER_LOST);
  }

  @Test
  void shouldIgnoreTheEndOfALostEpoch() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue first = released(bench, 0);
    Instant start = bench.now;
    bench.given(started(first, start)).after(Duration.ofSeconds(10)).sweep(start).readAll();

    bench.given(failed(first, spend(1, "0.001")));
    bench.given(succeeded(released(bench, 1), spend(1, "0.001")));

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void shouldReserveBeforeReleaseAndSkipTheRestWhenThePaidCallsAreUsedUp() {
    RunBench bench = RunBench.requested(limited(l -> withPaidCalls(l, 7)));
    assertThat(granted(bench)).containsExactly(3, 3, 1);

    for (int i = 0; i < 3; i++) {
      LaneCommand.Enqueue call = released(bench, i);
      bench.given(started(call, bench.now), failed(call, spend(call.limits().maxAttempts(), "0")));
    }

    assertThat(bench.progress().used().attempts()).isEqualTo(7);
    assertThat(bench.logged(CallSkipped.class))
        .hasSize(bench.plan.size() - 3)
        .allMatch(skip -> skip.reason() == CallSkipped.Reason.BUDGET);
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  @Test
  void shouldUseWhatEndedCallsGaveBack() {
    RunBench bench = RunBench.requested(limited(l -> withPaidCalls(l, 7)));
    LaneCommand.Enqueue first = released(bench, 0);

    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.001")));

    assertThat(granted(bench)).containsExactly(3, 3, 1, 2);
  }

  @Test
  void shouldReleaseNothingThatCouldCostMoreThanTheRunMay() {
    RunBench bench = RunBench.requested(limited(l -> withCost(l, "0.0001")));

    assertThat(bench.told(LaneCommand.Enqueue.class)).isEmpty();
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  @Test
  void shouldFailALostCallThatTheBudgetCannotSendAgain() {
    RunBench bench = RunBench.requested(limited(l -> withPaidCalls(l, 3)));
    Instant start = bench.now;
    bench.given(started(released(bench, 0), start));

    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();

    assertThat(bench.logged(CallFailed.class))
        .singleElement()
        .matches(end -> end.kind() == FailureKind.BUDGET && end.epoch() == 2);
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  private static void endAll(
      RunBench bench, java.util.function.Predicate<LaneCommand.Enqueue> succeeds) {
    for (LaneCommand.Enqueue call : bench.told(LaneCommand.Enqueue.class)) {
      bench.given(dispatched(call, bench.now), started(call, bench.now));
      bench.given(
          succeeds.test(call)
              ? succeeded(call, spend(1, "0.001"))
              : failed(call, spend(3, "0.003")));
    }
  }

  private static LaneCommand.Enqueue released(RunBench bench, int index) {
    return bench.told(LaneCommand.Enqueue.class).get(index);
  }

  private static List<Integer> granted(RunBench bench) {
    return bench.told(LaneCommand.Enqueue.class).stream()
        .map(call -> call.limits().maxAttempts())
        .toList();
  }

  private static RunSpec limited(java.util.function.UnaryOperator<Limits> change) {
    return Specs.run(10, 1, change.apply(Specs.limits()), MODEL);
  }

  private static Limits withConcurrency(Limits l, int concurrency) {
    return limits(l, l.maxPaidCalls(), l.maxCostUsd(), concurrency, l.onWorkerLost());
  }

  private static Limits withPaidCalls(Limits l, int calls) {
    return limits(l, calls, l.maxCostUsd(), l.concurrency(), l.onWorkerLost());
  }

  private static Limits withCost(Limits l, String usd) {
    return limits(
        l, l.maxPaidCalls(), dev.acm2.contract.Usd.of(usd), l.concurrency(), l.onWorkerLost());
  }

  private static Limits failingWhenLost(Limits l) {
    return limits(
        l, l.maxPaidCalls(), l.maxCostUsd(), l.concurrency(), Limits.OnWorkerLost.FAIL);
  }

  static Limits limits(
      Limits l,
      int paidCalls,
      dev.acm2.contract.Usd cost,
      int concurrency,
      Limits.OnWorkerLost onWorkerLost) {
    return new Limits(
        l.callDeadline(), l.attemptTimeout(), l.maxAttempts(), l.queueTtl(), l.runDeadline(),
        paidCalls, cost, concurrency, onWorkerLost, l.priority(), l.weight());
  }
}
