package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunFinished;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomScheduleTest {

  private static final int SEEDS = 3000;

  /// Whatever happens in whatever order, every run ends, once, after the end of each of its calls, with
  /// its lanes empty and its limits kept; and its log alone gives the same state.
  @Test
  void shouldEndEveryRunOnceWithinItsLimits() {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    Set<CallSkipped.Reason> reasons = EnumSet.noneOf(CallSkipped.Reason.class);
    LongStream.range(0, SEEDS).forEach(seed -> {
      RandomSchedule schedule = new RandomSchedule(seed);
      try {
        schedule.play();
        checkEnd(schedule);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      schedule.bench.logged(CallSkipped.class).forEach(skip -> reasons.add(skip.reason()));
      outcomes.merge(schedule.bench.progress().outcome(), 1, Integer::sum);
    });
    assertThat(outcomes).containsOnlyKeys(Outcome.values());
    assertThat(reasons).containsExactlyInAnyOrder(CallSkipped.Reason.values());
  }

  private static void checkEnd(RandomSchedule schedule) {
    RunBench bench = schedule.bench;
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    assertThat(endedBeforeTheRun(bench)).containsExactlyInAnyOrderElementsOf(planned(bench));
    assertThat(bench.calls).isEmpty();
    assertThat(bench.progress().reserved()).isEqualTo(Charge.NONE);
    assertThat(schedule.lanes.values()).allMatch(lane -> lane.inFlight() == 0);
    assertThat(schedule.entries.values()).allMatch(MapEntries::isEmpty);
    RunBench replayed = RunBench.replay(bench);
    assertThat(replayed.progress()).isEqualTo(bench.progress());
    assertThat(replayed.calls).isEmpty();
  }

  private static Set<CallId> endedBeforeTheRun(RunBench bench) {
    Set<CallId> ended = new HashSet<>();
    for (RunBench.Entry entry : bench.log) {
      RunEvent event = entry.event();
      if (event instanceof RunFinished) {
        return ended;
      }
      if (event instanceof CallEnded end) {
        ended.add(end.callId());
      }
    }
    throw new AssertionError("the run has not finished");
  }

  private static Set<CallId> planned(RunBench bench) {
    Set<CallId> planned = new HashSet<>();
    IntStream.range(0, bench.plan.size()).forEach(i -> planned.add(bench.plan.call(i).callId()));
    return planned;
  }
}
