package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.dispatched;
import static dev.acm2.orchestrator.CallFacts.handedBack;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Limits.Priority;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausingTest {

  private static final RunPauseRequested PAUSE = new RunPauseRequested("lunch");
  private static final RunResumeRequested RESUME = new RunResumeRequested("back");

  @Test
  void shouldReleaseNothingWhileTheRunIsPaused() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), PAUSE);

    bench.given(succeeded(first, spend(1, "0.001")));

    assertThat(bench.told(LaneCommand.HoldRun.class)).containsExactly(
      new LaneCommand.HoldRun(bench.runId, Priority.NORMAL, 1)
    );
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(2);
    bench.given(RESUME);
    assertThat(bench.told(LaneCommand.GoOnRun.class)).hasSize(1);
    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(3);
  }

  @Test
  void shouldIgnoreWhatChangesNothing() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    int decided = bench.decisions.size();

    bench.given(RESUME);
    assertThat(bench.decisions).hasSize(decided);
    bench.given(PAUSE, PAUSE);

    assertThat(bench.told(LaneCommand.HoldRun.class)).hasSize(1);
    bench.given(RESUME, RESUME);
    assertThat(bench.told(LaneCommand.GoOnRun.class)).hasSize(1);
  }

  @Test
  void shouldHoldTheRunInEachOfItsLanes() {
    RunBench bench = RunBench.requested(
      Specs.run(2, 1, "openai:gpt-5-mini", "openai-compatible:llama")
    );

    bench.given(PAUSE);

    assertThat(bench.told(LaneCommand.HoldRun.class)).hasSize(2);
    assertThat(bench.progress().held()).containsExactly("openai", "openai-compatible");
  }

  @Test
  void shouldSendACallThatWasGivenBackToALaneThatHoldsTheRun() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), PAUSE);
    bench.configured("openai", "openai:gpt-5-mini");

    bench.given(handedBack(first, spend(0, "0")));

    assertThat(bench.progress().held()).containsExactly("openai", "openai:gpt-5-mini");
    int held = bench.decisions.indexOf(
      new Decision.Instruct(
        "openai:gpt-5-mini",
        new LaneCommand.HoldRun(bench.runId, Priority.NORMAL, 1)
      )
    );
    int sent = bench.decisions.indexOf(
      new Decision.Instruct("openai:gpt-5-mini", bench.released(2))
    );
    assertThat(held).isNotNegative().isLessThan(sent);
  }

  @Test
  void shouldEndAPausedRunAtItsDeadline() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));
    bench.given(PAUSE);

    bench.after(Duration.ofHours(1)).sweep(bench.now).readAll();

    assertThat(bench.outcome()).isEqualTo(Outcome.DEADLINE_EXCEEDED);
    assertThat(bench.logged(CallSkipped.class)).hasSize(10);
  }

  @Test
  void shouldCancelAPausedRun() {
    RunBench bench = RunBench.requested(LimitsOf.tenCalls(LimitsOf.concurrency(2)));

    bench.given(PAUSE, new RunCancelRequested("enough"), RESUME);

    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(bench.told(LaneCommand.DropRun.class)).hasSize(1);
    assertThat(bench.told(LaneCommand.GoOnRun.class)).isEmpty();
    assertThat(bench.progress().held()).isNull();
  }

  @Test
  void shouldFinishAPausedRunWithItsLastCallAndLeaveNoHoldBehind() {
    RunBench bench = RunBench.requested(Specs.run(1, 1, "openai:gpt-5-mini"));
    LaneCommand.Enqueue call = bench.released(0);
    bench.given(dispatched(call, bench.now), PAUSE, started(call, bench.now));

    bench.given(succeeded(call, spend(1, "0.001")));

    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(bench.told(LaneCommand.GoOnRun.class)).hasSize(1);
    bench.given(PAUSE);
    assertThat(bench.told(LaneCommand.HoldRun.class)).hasSize(1);
  }
}
