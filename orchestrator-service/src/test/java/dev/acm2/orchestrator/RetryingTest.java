package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static dev.acm2.orchestrator.Retries.place;
import static dev.acm2.orchestrator.Retries.reopened;
import static dev.acm2.orchestrator.Retries.retry;
import static dev.acm2.orchestrator.Retries.workOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryingTest {

  private static final String MODEL = "openai:gpt-5-mini";

  @Test
  void shouldRunFailedCallsOfAFinishedRunAgainInTheirNextEpoch() {
    RunBench bench = RunBench.requested(Specs.run(4, 1, MODEL));
    workOff(bench, 0, call -> place(bench, call) % 2 == 0);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
    Instant deadline = bench.now.plus(Duration.ofHours(7));

    bench.given(new RunRetryRequested(null, null, null, deadline, "again", null));

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
      bench
        .told(LaneCommand.Enqueue.class)
        .stream()
        .map(call -> place(bench, call))
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
      bench
        .told(LaneCommand.Enqueue.class)
        .stream()
        .map(call -> place(bench, call))
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
}
