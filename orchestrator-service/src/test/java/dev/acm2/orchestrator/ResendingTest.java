package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.handedBack;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResendingTest {

  @Test
  void shouldSendACallAgainThatWasGivenBackAndChargeWhatItHasSpent() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(1)));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(dispatched(call, bench.now), started(call, bench.now));

    bench.given(handedBack(call, spend(1, "0.001")), handedBack(call, spend(1, "0.001")));

    assertThat(bench.progress().used()).isEqualTo(Charge.of(spend(1, "0.001")));
    assertThat(bench.told(LaneCommand.Free.class)).containsExactly(
      new LaneCommand.Free(bench.runId, call.callId(), 1, false, Tokens.of(spend(1, "0.001")))
    );
    LaneCommand.Enqueue again = bench.released(1);
    assertThat(again.callId()).isEqualTo(call.callId());
    assertThat(again.epoch()).isEqualTo(2);
    bench.given(started(again, bench.now), succeeded(again, spend(1, "0.001")));
    assertThat(bench.progress().used().attempts()).isEqualTo(2);
    assertThat(bench.progress().ok()).isEqualTo(1);
  }

  @Test
  void shouldNotCountAHandBackAsALoss() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, "openai:gpt-5-mini"));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), handedBack(first, spend(0, "0")));
    Instant start = bench.now;
    bench.given(started(bench.released(1), start));

    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();
    LaneCommand.Enqueue third = bench.released(2);
    bench.given(started(third, bench.now), handedBack(third, spend(0, "0")));
    Instant again = bench.now;
    bench.given(started(bench.released(3), again));
    bench.after(Duration.ofSeconds(10)).sweep(again).readAll();

    assertThat(bench.logged(CallOrphaned.class).stream().map(CallOrphaned::policy)).containsExactly(
      CallOrphaned.Policy.REDISPATCHED,
      CallOrphaned.Policy.FAILED
    );
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(4);
  }

  @Test
  void shouldNotStrikeTheModelsBreaker() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(1)));
    LaneCommand.Enqueue call = bench.released(0);
    ModelProgress before = bench.progress().knownModels().get("openai:gpt-5-mini");

    bench.given(started(call, bench.now), handedBack(call, spend(1, "0.001")));

    assertThat(bench.progress().knownModels().get("openai:gpt-5-mini")).isEqualTo(before);
  }

  @Test
  void shouldFailACallThatTheBudgetCannotSendAgain() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(3)));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now));

    bench.given(handedBack(call, spend(3, "0.001")));

    assertThat(bench.logged(CallFailed.class))
      .singleElement()
      .matches(end -> end.kind() == FailureKind.BUDGET && end.epoch() == 2);
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  @Test
  void shouldSkipACallThatAStoppedRunGetsBack() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, "openai:gpt-5-mini"));
    LaneCommand.Enqueue call = bench.released(0);

    bench.given(
      started(call, bench.now),
      new RunCancelRequested("enough"),
      handedBack(call, spend(1, "0.001"))
    );

    assertThat(bench.logged(CallSkipped.class))
      .singleElement()
      .matches(end -> end.epoch() == 2 && end.reason() == CallSkipped.Reason.RUN_CANCELLED);
    assertThat(bench.progress().used().attempts()).isEqualTo(1);
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  /// The sweeper and the leaving worker speak of the same epoch: the first in the log decides.
  @Test
  void shouldLetTheHandBackWinThatStandsBeforeTheLossInTheLog() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, "openai:gpt-5-mini"));
    LaneCommand.Enqueue call = bench.released(0);
    Instant start = bench.now;
    bench.given(started(call, start));

    bench.after(Duration.ofSeconds(10)).append(handedBack(call, spend(1, "0.001")));
    bench.sweep(start).readAll();

    assertThat(bench.logged(CallOrphaned.class)).hasSize(1);
    assertThat(bench.progress().used()).isEqualTo(Charge.of(spend(1, "0.001")));
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(2);
  }
}
