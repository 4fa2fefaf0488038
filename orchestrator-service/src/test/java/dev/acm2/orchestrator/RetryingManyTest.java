package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static dev.acm2.orchestrator.Retries.reopened;
import static dev.acm2.orchestrator.Retries.retry;
import static dev.acm2.orchestrator.Retries.workOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import org.junit.jupiter.api.Test;

class RetryingManyTest {

  private static final String MODEL = "openai:gpt-5-mini";

  @Test
  void shouldOpenAllCallsOfALargeRunAgainSomeAtATime() {
    RunBench bench = new RunBench(Facts.runId(1), Specs.run(600, 1, MODEL));
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
    RunBench bench = RunBench.requested(Specs.run(701, 1, LimitsOf.concurrency(1), MODEL));
    for (int index = 1; index < 700; index++) {
      bench.append(new CallCancelRequested(bench.plan.call(index).callId(), "not now"));
    }
    bench.readAll();
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.0001")));
    return bench.given(started(bench.released(1), bench.now));
  }
}
