package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final ModelId MODEL = ModelId.parse("openai:gpt-5-mini");

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

  @Test
  void shouldReserveTheSearchesThatAGroundedCallCanMake() {
    Budget budget = new Budget(withSearches("10"));
    PlannedCall plain = call(Demand.OFF);
    Usd tokens = budget.worstCase(plain);

    assertThat(tokens).isEqualTo(Usd.of("0.0020025"));
    assertThat(budget.worstCase(call(Demand.ALLOWED))).isEqualTo(tokens.plus(Usd.of("0.1")));
    assertThat(budget.reservation(call(Demand.REQUIRED), 3).costUsd()).isEqualTo(
      tokens.plus(Usd.of("0.1")).times(3)
    );
    assertThat(budget.inputAlone(call(Demand.REQUIRED))).isEqualTo(Usd.of("0.0000025"));
  }

  @Test
  void shouldGrantFewerAttemptsWhenTheirSearchesDoNotFit() {
    Budget budget = new Budget(withSearches("10"));

    assertThat(
      budget.attemptsThatFit(call(Demand.REQUIRED), LimitsOf.cost("0.21"), Charge.NONE)
    ).isEqualTo(2);
    assertThat(
      budget.attemptsThatFit(call(Demand.OFF), LimitsOf.cost("0.21"), Charge.NONE)
    ).isEqualTo(3);
  }

  private static ModelCatalogue withSearches(String usdPerThousand) {
    ModelCatalogue.Model model = new ModelCatalogue.Model(
      MODEL,
      new BigDecimal("0.25"),
      new BigDecimal("0.025"),
      new BigDecimal("2"),
      128_000,
      new BigDecimal(usdPerThousand)
    );
    return new ModelCatalogue(LocalDate.EPOCH, "test", List.of(model));
  }

  private static PlannedCall call(Demand grounding) {
    RunSpec spec = Specs.run(1, 1, MODEL.toString());
    Author author = new Author(MODEL, 1, Specs.MAX_OUTPUT_TOKENS, grounding, Demand.OFF);
    RunSpec grounded = new RunSpec(
      spec.name(),
      spec.documents(),
      spec.instructions(),
      new RunSpec.Generation(List.of(author)),
      spec.limits()
    );
    return new RunPlan(Facts.runId(1), grounded).call(0);
  }

  private static List<Integer> granted(RunBench bench) {
    return bench
      .told(LaneCommand.Enqueue.class)
      .stream()
      .map(call -> call.limits().maxAttempts())
      .toList();
  }
}
