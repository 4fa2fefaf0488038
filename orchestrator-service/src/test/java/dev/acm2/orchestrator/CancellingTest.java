package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.cancelled;
import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.handedBack;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ControlCommand.CancelCall;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallCancelled;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellingTest {

  private final RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));

  @Test
  void shouldSkipACallThatIsFarAheadInThePlanAtOnceAndNeverReleaseIt() {
    bench.given(cancel(7), cancel(5), cancel(7));

    assertThat(bench.logged(CallSkipped.class).stream().map(CallSkipped::callId)).containsExactly(
      bench.plan.call(7).callId(),
      bench.plan.call(5).callId()
    );
    assertThat(bench.logged(CallSkipped.class)).allMatch(
      skip -> skip.reason() == CallSkipped.Reason.CALL_CANCELLED && skip.epoch() == 1
    );
    assertThat(workOff()).hasSize(8).doesNotHaveDuplicates();
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
  }

  @Test
  void shouldSkipTheVeryNextCallOfThePlan() {
    bench.given(cancel(2));

    assertThat(workOff()).hasSize(9).doesNotContain(bench.plan.call(2).callId());
  }

  @Test
  void shouldLetTheLaneEndACallThatWaitsThere() {
    LaneCommand.Enqueue call = bench.released(1);

    bench.given(cancel(1));

    LaneCommand.DropCall drop = bench.told(LaneCommand.DropCall.class).getFirst();
    assertThat(drop.end().callId()).isEqualTo(call.callId());
    assertThat(drop.end().reason()).isEqualTo(CallSkipped.Reason.CALL_CANCELLED);
    assertThat(bench.progress().active()).isEqualTo(2);
    bench.given(drop.end());
    assertThat(bench.progress().used()).isEqualTo(Charge.NONE);
    assertThat(bench.call(1).status()).isEqualTo(CallProgress.Status.ENDED);
    assertThat(bench.released(2).callId()).isEqualTo(bench.plan.call(2).callId());
  }

  @Test
  void shouldEndACallThatItsLaneHadAlreadyReleased() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(cancel(0), dispatched(call, bench.now));

    bench.after(Duration.ofMillis(4999)).sweep(bench.now).readAll();
    assertThat(bench.logged(CallSkipped.class)).isEmpty();
    bench.after(Duration.ofMillis(1)).sweep(bench.now).readAll();

    assertThat(bench.logged(CallSkipped.class))
      .singleElement()
      .matches(skip -> skip.reason() == CallSkipped.Reason.CALL_CANCELLED);
    assertThat(bench.told(LaneCommand.Free.class)).hasSize(1);
  }

  @Test
  void shouldTellTheWorkersAndEndAStartedCallFiveSecondsLater() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(dispatched(call, bench.now), started(call, bench.now), cancel(0), cancel(0));

    assertThat(broadcasts()).containsExactly(
      new CancelCall(bench.runId, call.callId(), 1, "not this one")
    );
    bench.after(Duration.ofSeconds(5)).sweep(bench.now).readAll();

    assertThat(bench.logged(CallCancelled.class))
      .singleElement()
      .matches(end -> end.reason().equals("not this one") && end.attempt() == 1);
    assertThat(bench.progress().used().attempts()).isEqualTo(3);
    assertThat(bench.told(LaneCommand.Free.class)).hasSize(1);
    assertThat(bench.outcome()).isNull();
  }

  @Test
  void shouldTakeTheWorkersOwnEnd() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now), cancel(0), cancelled(call, spend(1, "0.001")));

    bench.after(Duration.ofSeconds(6)).sweep(bench.now).readAll();

    assertThat(bench.logged(CallCancelled.class)).hasSize(1);
    assertThat(bench.progress().used()).isEqualTo(Charge.of(spend(1, "0.001")));
  }

  @Test
  void shouldNotSendACancelledCallAgainWhoseWorkerLeaves() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now), cancel(0), handedBack(call, spend(1, "0.001")));

    assertThat(bench.logged(CallSkipped.class))
      .singleElement()
      .matches(skip -> skip.epoch() == 2 && skip.reason() == CallSkipped.Reason.CALL_CANCELLED);
    assertThat(bench.told(LaneCommand.Enqueue.class))
      .filteredOn(sent -> sent.callId().equals(call.callId()))
      .hasSize(1);
  }

  @Test
  void shouldNotSendACancelledCallAgainWhoseWorkerIsLost() {
    RunBench slow = RunBench.requested(Specs.run(1, 1, "openai:gpt-5-mini"));
    LaneCommand.Enqueue call = slow.released(0);
    slow.given(started(call, slow.now));

    slow.after(Duration.ofSeconds(9)).given(cancel(slow, 0));
    slow.after(Duration.ofSeconds(1)).sweep(slow.now.minusSeconds(10)).readAll();

    assertThat(slow.logged(CallFailed.class)).hasSize(1);
    assertThat(slow.told(LaneCommand.Enqueue.class)).hasSize(1);
    assertThat(slow.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void shouldNotSendACallAgainThatWasCancelledWhileItsLossWasOnItsWayToTheLog() {
    RunBench slow = RunBench.requested(Specs.run(1, 1, "openai:gpt-5-mini"));
    Instant start = slow.now;
    slow.given(started(slow.released(0), start));
    slow.after(Duration.ofSeconds(10)).append(cancel(slow, 0));

    slow.sweep(start).readAll();

    assertThat(slow.logged(CallOrphaned.class))
      .singleElement()
      .matches(lost -> lost.policy() == CallOrphaned.Policy.REDISPATCHED);
    assertThat(slow.told(LaneCommand.Enqueue.class)).hasSize(1);
    assertThat(slow.logged(CallSkipped.class))
      .singleElement()
      .matches(end -> end.epoch() == 2);
  }

  @Test
  void shouldChargeACallThatWasStartedBeforeItsSkipWasRead() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(dispatched(call, bench.now), cancel(0));
    bench.after(Duration.ofSeconds(5)).append(started(call, bench.now));

    bench.sweep(bench.now).readAll();

    assertThat(bench.logged(CallSkipped.class)).hasSize(1);
    assertThat(bench.progress().used().attempts()).isEqualTo(3);
  }

  @Test
  void shouldIgnoreACallThatHasEndedOrThatNobodyKnows() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now), succeeded(call, spend(1, "0.001")));
    int decided = bench.decisions.size();

    bench.given(
      cancel(0),
      new CallCancelRequested(CallId.parse("0123456789abcdef0123456789abcdef"), "who?")
    );

    assertThat(bench.decisions).hasSize(decided);
  }

  @Test
  void shouldLeaveTheCallsOfAStoppedRunToItsStop() {
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now), new RunCancelRequested("enough"));
    int decided = bench.decisions.size();

    bench.given(cancel(0));

    assertThat(bench.decisions).hasSize(decided);
  }

  private CallCancelRequested cancel(int index) {
    return cancel(bench, index);
  }

  private static CallCancelRequested cancel(RunBench bench, int index) {
    return new CallCancelRequested(bench.plan.call(index).callId(), "not this one");
  }

  private List<CancelCall> broadcasts() {
    return bench.decisions
      .stream()
      .filter(Decision.Broadcast.class::isInstance)
      .map(decision -> ((Decision.Broadcast) decision).command())
      .filter(CancelCall.class::isInstance)
      .map(CancelCall.class::cast)
      .toList();
  }

  private List<CallId> workOff() {
    for (int i = 0; i < bench.told(LaneCommand.Enqueue.class).size(); i++) {
      LaneCommand.Enqueue call = bench.released(i);
      bench.given(started(call, bench.now), succeeded(call, spend(1, "0.001")));
    }
    return bench.told(LaneCommand.Enqueue.class).stream().map(LaneCommand.Enqueue::callId).toList();
  }
}
