package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.garbage;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryingTest {

  private static final String MODEL = "openai:gpt-5-mini";
  private static final String OTHER = "openai-compatible:llama";

  @Test
  void shouldRunFailedCallsOfAFinishedRunAgainInTheirNextEpoch() {
    RunBench bench = RunBench.requested(Specs.run(4, 1, MODEL));
    workOff(bench, 0, call -> place(bench, call) % 2 == 0);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
    Instant deadline = bench.now.plus(Duration.ofHours(7));

    bench.given(new RunRetryRequested(null, null, null, deadline, "again"));

    assertThat(bench.outcome()).isNull();
    assertThat(bench.progress().dueAt()).isEqualTo(deadline);
    assertThat(reopened(bench)).containsExactly(
      bench.plan.call(1).callId(),
      bench.plan.call(3).callId()
    );
    assertThat(bench.told(LaneCommand.Enqueue.class))
      .hasSize(6)
      .last()
      .matches(call -> call.epoch() == 2 && call.runDeadlineAt().equals(deadline));
    workOff(bench, 4, _ -> true);
    assertThat(bench.logged(RunFinished.class))
      .extracting(RunFinished::outcome)
      .containsExactly(Outcome.COMPLETED_WITH_ERRORS, Outcome.COMPLETED);
    assertThat(bench.progress().used().attempts()).isEqualTo(6);
    assertThat(bench.calls).isEmpty();
    assertThat(RunBench.replay(bench).progress()).isEqualTo(bench.progress());
  }

  @Test
  void shouldRunOnlyNamedCallsAgainWhileTheRunGoesOn() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(3)));
    workOff(bench, 0, 3, _ -> false);
    Instant before = bench.progress().deadlineAt();

    bench.given(retry(bench, 2, 5, 2, 0));

    assertThat(reopened(bench)).containsExactly(
      bench.plan.call(0).callId(),
      bench.plan.call(2).callId()
    );
    assertThat(bench.progress().deadlineAt()).isEqualTo(before);
    workOff(bench, 3, _ -> true);
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(12);
    assertThat(bench.progress().notOk()).isEqualTo(1);
    assertThat(bench.call(1).status()).isEqualTo(CallProgress.Status.ENDED);
  }

  @Test
  void shouldReleaseCallsThatWereOpenedAgainBeforeThoseOfThePlan() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    workOff(bench, 0, 2, _ -> false);

    bench.given(retry(bench));
    workOff(bench, 2, 4, _ -> true);

    assertThat(
      bench.told(LaneCommand.Enqueue.class).stream().map(call -> place(bench, call))
    ).containsExactly(0, 1, 2, 3, 0, 1);
  }

  @Test
  void shouldIgnoreWhatHasNotEndedOrIsOk() {
    RunBench bench = RunBench.requested(Specs.run(2, 1, MODEL));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.001")));
    int decided = bench.decisions.size();

    bench.given(retry(bench, 0, 1), retry(bench));
    assertThat(bench.decisions).hasSize(decided);
    workOff(bench, 1, _ -> true);
    bench.given(retry(bench, 0), retry(bench));

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
  }

  @Test
  void shouldOpenAllCallsOfALargeRunAgainSomeAtATime() {
    RunBench bench = new RunBench(dev.acm2.testkit.Facts.runId(1), Specs.run(600, 1, MODEL));
    bench.append(bench.request());
    bench.readAll().given(new RunCancelRequested("enough"));
    assertThat(bench.progress().notOk()).isEqualTo(600);
    int sent = bench.told(LaneCommand.Enqueue.class).size();

    bench.append(retry(bench));
    while (bench.outcome() != null) {
      bench.readOne();
    }
    int afterOneStep = reopened(bench).size();
    bench.readAll();

    assertThat(afterOneStep).isEqualTo(RunDecider.CHUNK);
    assertThat(reopened(bench)).hasSize(600).doesNotHaveDuplicates();
    workOff(bench, sent, _ -> true);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.ready).isEmpty();
  }

  /// A call that fails while others are still being opened again is not meant.
  @Test
  void shouldOpenNoCallAgainThatFailsAfterTheRequest() {
    RunBench bench = lastOfManyUnderWay();
    LaneCommand.Enqueue last = bench.released(1);

    bench.append(retry(bench));
    bench.append(failed(last, spend(1, "0.0001")));
    bench.readAll();

    assertThat(reopened(bench)).hasSize(699).doesNotHaveDuplicates();
    assertThat(reopened(bench)).doesNotContain(last.callId());
    assertThat(bench.call(700).status()).isEqualTo(CallProgress.Status.ENDED);
  }

  @Test
  void shouldLeaveCallsEndedThatWereNotOpenedAgainWhenTheRunIsStopped() {
    RunBench bench = lastOfManyUnderWay();

    bench.append(retry(bench));
    bench.append(new RunCancelRequested("enough"));
    bench.readAll().after(RunDecider.STOP_GRACE).readAll();
    bench.given(failed(bench.released(1), spend(1, "0.0001")));

    assertThat(reopened(bench)).hasSize(RunDecider.CHUNK);
    assertThat(bench.call(500).epoch()).isEqualTo(2);
    assertThat(bench.call(501).epoch()).isEqualTo(1);
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(RunBench.replay(bench).progress()).isEqualTo(bench.progress());
  }

  /// The first of 701 calls has succeeded, the last one is under way, the others were cancelled.
  private static RunBench lastOfManyUnderWay() {
    RunBench bench = RunBench.requested(
      Specs.run(701, 1, LimitsOf.concurrency(1), MODEL)
    );
    for (int index = 1; index < 700; index++) {
      bench.append(new CallCancelRequested(bench.plan.call(index).callId(), "not now"));
    }
    bench.readAll();
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.0001")));
    return bench.given(started(bench.released(1), bench.now));
  }

  @Test
  void shouldReconsiderAnExhaustedBudget() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(3)));
    workOff(bench, 0, _ -> false);
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    int sent = bench.told(LaneCommand.Enqueue.class).size();
    assertThat(sent).isEqualTo(3);

    bench.given(new RunRetryRequested(null, 100, null, bench.now.plusSeconds(3600), "more"));
    workOff(bench, sent, _ -> true);

    assertThat(bench.progress().ok()).isEqualTo(10);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.progress().raised()).isEqualTo(new RaisedLimits(100, null));
  }

  @Test
  void shouldNotSpendMoreThanTheLimitsWhenTheyAreKept() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(3)));
    workOff(bench, 0, _ -> false);

    bench.given(retry(bench));

    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(3);
    assertThat(bench.progress().used().attempts()).isEqualTo(3);
    assertThat(bench.logged(CallSkipped.class))
      .filteredOn(skip -> skip.epoch() == 2)
      .hasSize(10)
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.BUDGET);
    assertThat(bench.logged(RunFinished.class))
      .extracting(RunFinished::outcome)
      .containsExactly(Outcome.BUDGET_EXHAUSTED, Outcome.BUDGET_EXHAUSTED);
  }

  @Test
  void shouldRaiseTheLimitsOfARunThatHasNotFinished() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.cost("0.02")));
    int before = bench.told(LaneCommand.Enqueue.class).size();

    bench.given(
      new RunRetryRequested(null, null, Usd.of("1"), bench.now.plus(Duration.ofDays(1)), "more")
    );

    assertThat(before).isLessThan(10);
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(10);
    assertThat(bench.progress().deadlineAt()).isEqualTo(bench.now.plus(Duration.ofDays(1)));
  }

  @Test
  void shouldStartAfreshWithAModelThatWasGivenUp() {
    RunBench bench = RunBench.requested(Specs.run(30, 1, LimitsOf.attempts(1, 20), OTHER));
    int done = 0;
    while (bench.outcome() == null) {
      for (; done < bench.told(LaneCommand.Enqueue.class).size(); done++) {
        LaneCommand.Enqueue call = bench.released(done);
        bench.given(started(call, bench.now), garbage(call, spend(1, "0")));
      }
      bench.after(Duration.ofSeconds(30)).sweep(bench.now).readAll();
    }
    assertThat(bench.logged(CallSkipped.class)).hasSize(17);

    bench.given(retry(bench));
    workOff(bench, done, _ -> true);

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void shouldSkipTheCallsInTheQueueOfAModelThatIsGivenUpAgain() {
    RunBench bench = RunBench.requested(Specs.run(30, 1, LimitsOf.attempts(1, 20), OTHER));
    bench.given(new RunCancelRequested("enough"));
    int done = bench.told(LaneCommand.Enqueue.class).size();
    bench.given(retry(bench));

    while (bench.outcome() == null) {
      for (; done < bench.told(LaneCommand.Enqueue.class).size(); done++) {
        LaneCommand.Enqueue call = bench.released(done);
        bench.given(started(call, bench.now), garbage(call, spend(1, "0.001")));
      }
      bench.after(Duration.ofSeconds(30)).sweep(bench.now).readAll();
    }

    assertThat(bench.logged(CallSkipped.class))
      .filteredOn(skip -> skip.reason() == CallSkipped.Reason.MODEL_FAILING)
      .hasSize(17)
      .allMatch(skip -> skip.epoch() == 2 && Usd.of("0.001").equals(skip.saved()))
      .allMatch(skip -> skip.message().endsWith("17 calls saved"));
    assertThat(bench.ready).isEmpty();
  }

  @Test
  void shouldNotOpenCallsOfARunThatIsBeingStopped() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), new RunCancelRequested("enough"));

    bench.given(retry(bench));
    bench.after(RunDecider.STOP_GRACE).sweep(bench.now).readAll();

    assertThat(reopened(bench)).isEmpty();
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void shouldKeepAPausedRunPaused() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    workOff(bench, 0, 1, _ -> false);
    int sent = bench.told(LaneCommand.Enqueue.class).size();

    bench.given(new RunPauseRequested("lunch"), retry(bench));

    assertThat(reopened(bench)).hasSize(1);
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(sent);
  }

  @Test
  void shouldSkipTheCallsInTheQueueWhenTheRunIsCancelled() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    bench.given(new RunCancelRequested("enough")).given(retry(bench));

    bench.given(new RunCancelRequested("enough again"));

    assertThat(bench.logged(CallSkipped.class))
      .filteredOn(skip -> skip.epoch() == 2)
      .hasSize(10)
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.RUN_CANCELLED);
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.ready).isEmpty();
  }

  @Test
  void shouldRunACancelledCallAgainBeforeThePlanComesToItAndOnlyOnce() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(1)));
    bench.given(new CallCancelRequested(bench.plan.call(8).callId(), "not now"));

    bench.given(retry(bench, 8));
    workOff(bench, 0, _ -> true);

    assertThat(
      bench.told(LaneCommand.Enqueue.class).stream().map(call -> place(bench, call))
    ).containsExactly(0, 8, 1, 2, 3, 4, 5, 6, 7, 9);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.calls).isEmpty();
  }

  /// The cursor of the plan had not come to any of these calls.
  @Test
  void shouldRunCallsAgainOnlyOnceThatWereAllCancelledBeforeTheirTurn() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(1)));
    LaneCommand.Enqueue first = bench.released(0);
    for (int index = 9; index > 0; index--) {
      bench.given(new CallCancelRequested(bench.plan.call(index).callId(), "not now"));
    }
    bench.given(started(first, bench.now), failed(first, spend(1, "0.0001")));
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);

    bench.given(retry(bench));
    workOff(bench, 1, _ -> true);

    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(11);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.calls).isEmpty();
  }

  @Test
  void shouldSendALostCallAgainOnceInEachOpening() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    lose(bench, 0);
    lose(bench, 1);
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);

    bench.given(retry(bench));
    lose(bench, 2);
    lose(bench, 3);

    assertThat(
      bench.told(LaneCommand.Enqueue.class).stream().map(LaneCommand.Enqueue::epoch)
    ).containsExactly(1, 2, 3, 4);
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void shouldTellTheLaneWhatIsReserved() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));

    assertThat(bench.released(0).reservedUsd()).isEqualTo(
      bench.progress().reserved().costUsd()
    );
  }

  private static void lose(RunBench bench, int released) {
    Instant start = bench.now;
    bench.given(started(bench.released(released), start));
    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();
  }

  private static RunRetryRequested retry(RunBench bench, int... calls) {
    @Nullable
    List<CallId> names = java.util.Arrays.stream(calls)
      .mapToObj(index -> bench.plan.call(index).callId())
      .toList();
    Limits limits = bench.plan.spec().limits();
    Instant deadline = bench.now.plus(limits.runDeadline());
    return new RunRetryRequested(calls.length == 0 ? null : names, null, null, deadline, "again");
  }

  private static List<CallId> reopened(RunBench bench) {
    return bench
      .logged(CallQueued.class)
      .stream()
      .filter(event -> event.epoch() > 1)
      .map(CallQueued::callId)
      .toList();
  }

  private static int place(RunBench bench, LaneCommand.Enqueue call) {
    return bench.plan.indexOf(call.callId()).orElseThrow();
  }

  private static void workOff(RunBench bench, int from, Predicate<LaneCommand.Enqueue> succeeds) {
    workOff(bench, from, Integer.MAX_VALUE, succeeds);
  }

  /// Answers calls in the order of their release, those too that are released meanwhile.
  private static void workOff(
    RunBench bench,
    int from,
    int to,
    Predicate<LaneCommand.Enqueue> succeeds
  ) {
    for (int i = from; i < to && i < bench.told(LaneCommand.Enqueue.class).size(); i++) {
      LaneCommand.Enqueue call = bench.released(i);
      bench.given(started(call, bench.now));
      bench.given(
        succeeds.test(call) ? succeeded(call, spend(1, "0.0001")) : failed(call, spend(1, "0.0001"))
      );
    }
  }
}
