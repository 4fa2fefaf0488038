package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SweepingTest {

  private static final String MODEL = "openai:gpt-5-mini";

  @Test
  void shouldTimeOutAStartedCallTwoSecondsAfterItsDeadline() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);
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
  void shouldTimeOutACallOfAQuietWorkerAtItsDeadline() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now));
    Instant deadline = bench.now.plus(Duration.ofMinutes(1));

    bench.after(Duration.ofMillis(59_999)).sweep(bench.now.minusSeconds(1)).readAll();
    assertThat(bench.logged(CallTimedOut.class)).isEmpty();
    bench.after(Duration.ofMillis(1)).sweep(bench.now.minusSeconds(1)).readAll();

    CallTimedOut end = bench.logged(CallTimedOut.class).getFirst();
    assertThat(end.enforcedBy()).isEqualTo(Enforcer.SWEEPER);
    assertThat(end.enforcedAt()).isEqualTo(deadline);
  }

  @Test
  void shouldWaitForAWorkerThatFellQuietOnlyBeforeTheDeadlineUntilItIsKnownToBe() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    bench.given(started(bench.released(0), bench.now));
    Instant lastBeat = bench.now.plusMillis(59_600);

    bench.after(Duration.ofMillis(60_000)).sweep(lastBeat).readAll();
    bench.after(Duration.ofMillis(599)).sweep(lastBeat).readAll();
    assertThat(bench.logged(CallTimedOut.class)).isEmpty();
    bench.after(Duration.ofMillis(1)).sweep(lastBeat).readAll();

    assertThat(bench.logged(CallTimedOut.class)).hasSize(1);
  }

  @Test
  void shouldSkipACallThatNoWorkerTookInTime() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    bench.given(dispatched(bench.released(0), bench.now));

    bench.after(Duration.ofMinutes(10).plusSeconds(2)).sweep(bench.now).readAll();

    assertThat(bench.logged(CallSkipped.class))
      .singleElement()
      .matches(skip -> skip.reason() == CallSkipped.Reason.QUEUE_TTL);
    assertThat(bench.progress().used()).isEqualTo(Charge.NONE);
  }

  @Test
  void shouldLetTheEarlierEndInTheLogWinAgainstTheSweeper() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(started(call, bench.now));

    bench.after(Duration.ofSeconds(62)).append(succeeded(call, spend(1, "0.001")));
    bench.sweep(bench.now).readAll();

    assertThat(bench.logged(CallTimedOut.class)).hasSize(1);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void shouldSendACallAgainOnceWhenItsWorkerFellSilent() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue first = bench.released(0);
    Instant start = bench.now;
    bench.given(started(first, start));

    bench.after(Duration.ofMillis(9_999)).sweep(start).readAll();
    assertThat(bench.logged(CallOrphaned.class)).isEmpty();
    bench.after(Duration.ofMillis(1)).sweep(start).readAll();
    LaneCommand.Enqueue second = bench.released(1);
    bench.given(started(second, bench.now));
    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();

    assertThat(second.epoch()).isEqualTo(2);
    assertThat(bench.logged(CallOrphaned.class).stream().map(CallOrphaned::policy)).containsExactly(
      CallOrphaned.Policy.REDISPATCHED,
      CallOrphaned.Policy.FAILED
    );
    assertThat(bench.logged(CallFailed.class))
      .singleElement()
      .matches(end -> end.kind() == FailureKind.WORKER_LOST && end.epoch() == 2);
    assertThat(bench.told(LaneCommand.Free.class)).hasSize(2);
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void shouldNotCallAWorkerLostThatIsHeardOf() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    bench.given(started(bench.released(0), bench.now));

    for (int second = 0; second < 50; second++) {
      bench.after(Duration.ofSeconds(1)).sweep(bench.now.minusSeconds(3)).readAll();
    }

    assertThat(bench.logged(CallOrphaned.class)).isEmpty();
  }

  @Test
  void shouldFailALostCallWhenThePolicySaysSo() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.failingWhenLost()));
    Instant start = bench.now;
    bench.given(started(bench.released(0), start));

    bench.after(Duration.ofSeconds(10)).sweep(start).readAll();

    assertThat(bench.logged(CallFailed.class))
      .singleElement()
      .matches(end -> end.kind() == FailureKind.WORKER_LOST);
  }

  @Test
  void shouldIgnoreTheEndOfALostEpoch() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, MODEL));
    LaneCommand.Enqueue first = bench.released(0);
    Instant start = bench.now;
    bench.given(started(first, start)).after(Duration.ofSeconds(10)).sweep(start).readAll();

    bench.given(failed(first, spend(1, "0.001")));
    bench.given(succeeded(bench.released(1), spend(1, "0.001")));

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
  }
}
