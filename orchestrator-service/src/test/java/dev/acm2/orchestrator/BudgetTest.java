package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSkipped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void shouldReserveBeforeReleaseAndSkipTheRestWhenThePaidCallsAreUsedUp() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(7)));
    assertThat(granted(bench)).containsExactly(3, 3, 1);

    for (int i = 0; i < 3; i++) {
      LaneCommand.Enqueue call = bench.released(i);
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
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(7)));
    LaneCommand.Enqueue first = bench.released(0);

    bench.given(started(first, bench.now), succeeded(first, spend(1, "0.001")));

    assertThat(granted(bench)).containsExactly(3, 3, 1, 2);
  }

  @Test
  void shouldReleaseNothingThatCouldCostMoreThanTheRunMay() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.cost("0.0001")));

    assertThat(bench.told(LaneCommand.Enqueue.class)).isEmpty();
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  @Test
  void shouldFailALostCallThatTheBudgetCannotSendAgain() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(3)));
    Instant start = bench.now;
    bench.given(started(bench.released(0), start));

    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();

    assertThat(bench.logged(CallFailed.class))
      .singleElement()
      .matches(end -> end.kind() == FailureKind.BUDGET && end.epoch() == 2);
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  private static List<Integer> granted(RunBench bench) {
    return bench
      .told(LaneCommand.Enqueue.class)
      .stream()
      .map(call -> call.limits().maxAttempts())
      .toList();
  }
}
