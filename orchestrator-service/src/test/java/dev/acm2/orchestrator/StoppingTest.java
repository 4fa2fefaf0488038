package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoppingTest {

  private static final String MODEL = "openai:gpt-5-mini";

  @Test
  void shouldSkipUndispatchedCallsAtOnceWhenTheRunIsCancelled() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));

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
    LaneCommand.Enqueue inFlight = bench.released(0);
    LaneCommand.Enqueue onItsWay = bench.released(1);
    bench.given(
      dispatched(inFlight, bench.now),
      dispatched(onItsWay, bench.now),
      started(inFlight, bench.now),
      new RunCancelRequested("enough")
    );
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

  /// The lane had released the call, and its worker had not heard of the cancel.
  @Test
  void shouldChargeACallThatStartedAfterItsSkip() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(new RunCancelRequested("enough"));
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.progress().used()).isEqualTo(Charge.NONE);

    bench.given(dispatched(call, bench.now), started(call, bench.now), started(call, bench.now));
    assertThat(bench.progress().used().attempts()).isEqualTo(3);
    bench.given(CallFacts.cancelled(call, spend(1, "0.001")));
    bench.given(CallFacts.cancelled(call, spend(1, "0.001")));

    assertThat(bench.progress().used()).isEqualTo(Charge.of(spend(1, "0.001")));
  }

  @Test
  void shouldTakeTheWorkersOwnEndAfterACancel() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now), new RunCancelRequested("enough"));

    bench.given(CallFacts.cancelled(call, spend(1, "0.001")), new RunCancelRequested("again"));

    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    assertThat(bench.progress().used()).isEqualTo(Charge.of(spend(1, "0.001")));
  }

  @Test
  void shouldEndTheRunAtItsDeadline() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(1)));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(dispatched(call, bench.now), started(call, bench.now));

    bench.after(Duration.ofHours(1)).sweep(bench.now).readAll();
    bench.after(RunDecider.STOP_GRACE).sweep(bench.now).readAll();

    assertThat(bench.logged(CallSkipped.class))
      .hasSize(bench.plan.size() - 1)
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.RUN_DEADLINE);
    assertThat(bench.outcome()).isEqualTo(Outcome.DEADLINE_EXCEEDED);
  }

  @Test
  void shouldTellTheCauseThatTheLogHasFirstThoughTheClockWasReadFirst() {
    for (boolean before : new boolean[] { true, false }) {
      RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
      bench.given(started(bench.released(0), bench.now));
      // when: the deadline passes while a cancel is unread
      bench.after(Duration.ofHours(1).minusMillis(before ? 1 : 0));
      bench.append(new RunCancelRequested("enough"));
      bench.after(Duration.ofMillis(1)).sweep(bench.now).readAll();
      bench.after(RunDecider.STOP_GRACE).sweep(bench.now).readAll();
      // then
      assertThat(bench.outcome()).isEqualTo(before ? Outcome.CANCELLED : Outcome.DEADLINE_EXCEEDED);
      assertThat(RunBench.replay(bench).progress()).isEqualTo(bench.progress());
    }
  }
}
