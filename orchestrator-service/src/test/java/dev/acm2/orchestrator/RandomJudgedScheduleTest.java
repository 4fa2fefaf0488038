package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunFinished;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomJudgedScheduleTest {

  private static final int SEEDS = 1000;

  /// Whatever fails, is cancelled, handed back, lost and asked for again while a run writes, judges and
  /// combines, and whichever of its phases are run anew: it ends, once each time that it was opened, after
  /// one deciding end of each epoch of each call; no call is sent before what it works on exists in its
  /// pass; and the log alone gives the same state and results, also when every event is read twice.
  @Test
  void shouldEndEveryJudgedRunWhateverIsAskedOfIt() {
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    Set<CallSkipped.Reason> reasons = EnumSet.noneOf(CallSkipped.Reason.class);
    int passes = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomSchedule schedule = RandomSchedule.judging(seed);
      try {
        schedule.play();
        passes += checkEnd(schedule);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      schedule.bench.logged(RunFinished.class).forEach(end -> outcomes.add(end.outcome()));
      schedule.bench.logged(CallSkipped.class).forEach(skip -> reasons.add(skip.reason()));
    }
    assertThat(passes)
      .as("phases that were run anew")
      .isGreaterThan(SEEDS / 3);
    assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    assertThat(reasons).containsExactlyInAnyOrder(
      CallSkipped.Reason.DEPENDENCY_FAILED,
      CallSkipped.Reason.MODEL_FAILING,
      CallSkipped.Reason.RUN_CANCELLED,
      CallSkipped.Reason.CALL_CANCELLED,
      CallSkipped.Reason.RUN_DEADLINE,
      CallSkipped.Reason.SETTLED,
      CallSkipped.Reason.BUDGET,
      CallSkipped.Reason.QUEUE_TTL
    );
  }

  private static int checkEnd(RandomSchedule schedule) {
    RunBench bench = schedule.bench;
    JudgedHistory history = JudgedHistory.of(bench);
    RunProgress end = bench.progress();
    assertThat(end.ok()).isEqualTo(history.succeeded.size());
    assertThat(end.settledCalls()).isEqualTo(history.settled.size());
    assertThat(end.ok() + end.notOk() + end.settledCalls()).isEqualTo(bench.plan.total());
    assertThat(bench.calls.values())
      .hasSize(end.notOk())
      .allMatch(call -> call.status() == CallProgress.Status.ENDED);
    assertThat(end.reserved()).isEqualTo(Charge.NONE);
    assertThat(end.held()).isNull();
    assertThat(end.waitingOpenings()).isEmpty();
    assertThat(bench.ready).isEmpty();
    assertThat(schedule.lanes.lanes.values()).allMatch(
      lane -> lane.inFlight() == 0 && lane.runs().isEmpty()
    );
    assertEqual(RunBench.replay(bench), bench);
    assertEqual(RunBench.replay(bench, 2), bench);
    return history.passes;
  }

  private static void assertEqual(RunBench replayed, RunBench original) {
    assertThat(replayed.progress()).isEqualTo(original.progress());
    assertThat(replayed.calls).isEqualTo(original.calls);
    assertThat(replayed.sources).isEqualTo(original.sources);
    assertThat(replayed.ready).isEmpty();
  }
}
