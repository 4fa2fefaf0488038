package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrchestratorTopologyTest {

  private static final RunId RUN = Facts.runId(1);
  private static final RunId OTHER = Facts.runId(2);
  private static final String WORKER = CallFacts.WORKER;

  private final TopologyBench bench = new TopologyBench(
    Map.of(
      "openai",
      new LaneLimits(3, null, null, true),
      "openai-compatible",
      new LaneLimits(2, null, null, true)
    )
  );

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void shouldRunASmallRunToItsEnd() {
    request(RUN, Specs.run(3, 2, "openai:gpt-5-mini", "openai-compatible:llama"));
    assertThat(bench.work).hasSize(5);

    workOff(0);

    assertThat(bench.logged(CallQueued.class)).hasSize(12);
    assertThat(bench.logged(CallDispatched.class)).hasSize(12);
    assertThat(bench.logged(RunFinished.class))
      .extracting(RunFinished::outcome)
      .containsExactly(Outcome.COMPLETED);
    assertThat(bench.work.stream().map(WorkItem::callId)).doesNotHaveDuplicates();
  }

  @Test
  void shouldGoOnAfterARestartInTheMiddle() {
    request(RUN, Specs.run(3, 2, "openai:gpt-5-mini", "openai-compatible:llama"));
    bench.start(bench.work.get(0));
    bench.restart();
    bench.succeed(bench.work.get(0));
    bench.restart();

    workOff(1);

    assertThat(bench.logged(RunFinished.class)).hasSize(1);
    assertThat(bench.work.stream().map(WorkItem::callId)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepNothingButATombstoneOfAFinishedRun() {
    request(RUN, Specs.run(2, 1, "openai:gpt-5-mini"));
    workOff(0);
    int logged = bench.log.size();

    request(RUN, Specs.run(2, 1, "openai:gpt-5-mini"));
    bench.succeed(bench.work.getFirst());
    bench.append(RUN, new RunCancelRequested("late"));
    bench.pass(Duration.ofHours(2).plusSeconds(1));

    assertThat(bench.log).hasSize(logged);
    assertThat(bench.size(RunStores.RUNS)).isEqualTo(1);
    for (String store : List.of(
      RunStores.SPECS,
      RunStores.CALLS,
      RunStores.DUES,
      LaneStores.QUEUE,
      LaneStores.CALLS
    )) {
      assertThat(bench.size(store)).as(store).isZero();
    }
  }

  @Test
  void shouldShareALaneBetweenRunsAndKeepItsLimit() {
    request(RUN, Specs.run(6, 1, "openai:gpt-5-mini"));
    request(OTHER, Specs.run(6, 1, "openai:gpt-5-mini"));
    assertThat(bench.work).hasSize(3);

    for (int i = 0; i < 4; i++) {
      bench.start(bench.work.get(i));
      bench.succeed(bench.work.get(i));
      assertThat(bench.work).hasSize(4 + i);
    }

    assertThat(
      bench.work
        .stream()
        .skip(3)
        .filter(item -> item.runId().equals(OTHER))
    ).hasSizeBetween(2, 3);
  }

  @Test
  void shouldStopACancelledRunAndGiveItsSlotsToOthers() {
    request(RUN, Specs.run(6, 1, "openai:gpt-5-mini"));
    bench.work.forEach(bench::start);
    request(OTHER, Specs.run(1, 1, "openai:gpt-5-mini"));

    bench.append(RUN, new RunCancelRequested("enough"));
    assertThat(bench.logged(CallSkipped.class)).hasSize(3);
    assertThat(bench.work).hasSize(3);
    bench.pass(Duration.ofSeconds(6));

    assertThat(bench.logged(RunFinished.class))
      .extracting(RunFinished::outcome)
      .containsExactly(Outcome.CANCELLED);
    assertThat(bench.work.getLast().runId()).isEqualTo(OTHER);
  }

  @Test
  void shouldSendTheCallsOfASilentWorkerAgain() {
    request(RUN, Specs.run(1, 1, "openai:gpt-5-mini"));
    bench.heartbeat(WORKER);
    bench.start(bench.work.getFirst());
    bench.pass(Duration.ofSeconds(5));
    bench.heartbeat(WORKER);

    bench.pass(Duration.ofMillis(9500));
    assertThat(bench.logged(CallOrphaned.class)).isEmpty();
    bench.pass(Duration.ofSeconds(1));

    assertThat(bench.logged(CallOrphaned.class)).hasSize(1);
    assertThat(bench.work).extracting(WorkItem::epoch).containsExactly(1, 2);
  }

  @Test
  void shouldJudgeNoWorkerInItsFirstTenSeconds() {
    request(RUN, Specs.run(1, 1, "openai:gpt-5-mini"));
    bench.start(bench.work.getFirst());
    bench.pass(Duration.ofSeconds(9));
    bench.restart();

    bench.pass(Duration.ofMillis(9500));
    assertThat(bench.logged(CallOrphaned.class)).isEmpty();
    bench.pass(Duration.ofSeconds(1));

    assertThat(bench.logged(CallOrphaned.class)).hasSize(1);
  }

  @Test
  void shouldEndACallThatItsWorkerHangsOn() {
    request(RUN, Specs.run(1, 1, "openai:gpt-5-mini"));
    bench.start(bench.work.getFirst());

    for (int second = 0; second < 64; second++) {
      bench.heartbeat(WORKER);
      bench.pass(Duration.ofSeconds(1));
    }

    assertThat(bench.logged(CallTimedOut.class)).hasSize(1);
    assertThat(bench.logged(RunFinished.class)).hasSize(1);
  }

  @Test
  void shouldPassOverWhatItCannotRead() {
    bench.garbage(new byte[] { 1, 2, 3 });

    request(RUN, Specs.run(1, 1, "openai:gpt-5-mini"));

    assertThat(bench.work).hasSize(1);
  }

  private void request(RunId runId, RunSpec spec) {
    bench.append(
      runId,
      new RunRequested(
        spec,
        new RunPlan(runId, spec).planned(),
        bench.now().plus(spec.limits().runDeadline())
      )
    );
  }

  private void workOff(int from) {
    for (int i = from; i < bench.work.size(); i++) {
      bench.start(bench.work.get(i));
      bench.succeed(bench.work.get(i));
    }
  }
}
