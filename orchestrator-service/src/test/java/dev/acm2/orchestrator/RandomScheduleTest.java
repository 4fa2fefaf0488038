package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunFinished;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomScheduleTest {

  private static final int SEEDS = 3000;

  /// Whatever happens in whatever order, every run ends, once each time that it was opened, after the end
  /// of each of its calls, with its lanes empty and its limits kept; and its log alone gives the same
  /// state, also when every event is read twice.
  @Test
  void shouldEndEveryRunOnceAnOpeningWithinItsLimits() {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    Set<CallSkipped.Reason> reasons = EnumSet.noneOf(CallSkipped.Reason.class);
    int[] reopened = new int[1];
    LongStream.range(0, SEEDS).forEach(seed -> {
      RandomSchedule schedule = RandomSchedule.writing(seed);
      try {
        schedule.play();
        reopened[0] += checkEnd(schedule);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      schedule.bench.logged(CallSkipped.class).forEach(skip -> reasons.add(skip.reason()));
      schedule.bench
        .logged(RunFinished.class)
        .forEach(end -> outcomes.merge(end.outcome(), 1, Integer::sum));
    });
    assertThat(outcomes).containsOnlyKeys(Outcome.values());
    assertThat(reopened[0]).isGreaterThan(SEEDS);
    assertThat(reasons).containsExactlyInAnyOrder(
      CallSkipped.Reason.MODEL_FAILING,
      CallSkipped.Reason.RUN_CANCELLED,
      CallSkipped.Reason.CALL_CANCELLED,
      CallSkipped.Reason.RUN_DEADLINE,
      CallSkipped.Reason.BUDGET,
      CallSkipped.Reason.QUEUE_TTL
    );
  }

  private static int checkEnd(RandomSchedule schedule) {
    RunBench bench = schedule.bench;
    CallHistory history = CallHistory.of(bench);
    assertThat(history.isOpen()).isFalse();
    assertThat(bench.progress().ok()).isEqualTo(history.succeeded.size());
    assertThat(bench.calls.values()).allMatch(call -> call.status() == CallProgress.Status.ENDED);
    assertThat(bench.calls).hasSize(bench.plan.size() - history.succeeded.size());
    assertThat(bench.progress().reserved()).isEqualTo(Charge.NONE);
    assertThat(bench.progress().held()).isNull();
    assertThat(bench.ready).isEmpty();
    assertThat(schedule.lanes.lanes.values()).allMatch(
      lane -> lane.inFlight() == 0 && lane.runs().isEmpty()
    );
    assertThat(schedule.lanes.entries.values()).allMatch(MapEntries::isEmpty);
    assertEqual(RunBench.replay(bench), bench);
    assertEqual(RunBench.replay(bench, 2), bench);
    return history.reopened;
  }

  private static void assertEqual(RunBench replayed, RunBench original) {
    assertThat(replayed.progress()).isEqualTo(original.progress());
    assertThat(replayed.calls).isEqualTo(original.calls);
    assertThat(replayed.ready).isEmpty();
  }
}
