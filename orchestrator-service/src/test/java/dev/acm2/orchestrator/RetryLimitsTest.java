package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.garbage;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.Retries.retry;
import static dev.acm2.orchestrator.Retries.workOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryLimitsTest {

  private static final String MODEL = "openai:gpt-5-mini";
  private static final String OTHER = "openai-compatible:llama";

  @Test
  void shouldReconsiderAnExhaustedBudget() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.paidCalls(3)));
    workOff(bench, 0, _ -> false);
    assertThat(bench.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    int sent = bench.told(LaneCommand.Enqueue.class).size();
    assertThat(sent).isEqualTo(3);

    bench.given(new RunRetryRequested(null, 100, null, bench.now.plusSeconds(3600), "more", null));
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
      new RunRetryRequested(
        null,
        null,
        Usd.of("1"),
        bench.now.plus(Duration.ofDays(1)),
        "more",
        null
      )
    );

    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSizeGreaterThan(before);
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

    assertThat(bench.released(0).reservedUsd()).isEqualTo(bench.progress().reserved().costUsd());
  }

  private static void lose(RunBench bench, int released) {
    Instant start = bench.now;
    bench.given(started(bench.released(released), start));
    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();
  }
}
