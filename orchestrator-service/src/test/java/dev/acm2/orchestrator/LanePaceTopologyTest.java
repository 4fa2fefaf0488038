package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallLimits;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
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
import org.junit.jupiter.api.Test;

class LanePaceTopologyTest {

  private static final RunId RUN = Facts.runId(1);
  private static final RunId OTHER = Facts.runId(2);
  private static final String MODEL = "openai:gpt-5-mini";
  private static final String OTHER_MODEL = "openai:gpt-5";

  @Test
  void shouldGoOnByItselfWhenTheMinuteIsOver() {
    try (TopologyBench bench = bench(new LaneLimits(50, 4, null, true))) {
      request(bench, RUN, Specs.run(10, 1, MODEL));
      assertThat(bench.work).hasSize(4);

      bench.pass(Duration.ofSeconds(60));
      assertThat(bench.work).hasSize(4);
      bench.pass(Duration.ofSeconds(5));
      assertThat(bench.work).hasSize(8);
      bench.pass(Duration.ofSeconds(65));

      assertThat(bench.work).hasSize(10);
      assertThat(bench.work.stream().map(WorkItem::callId)).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldGoOnByItselfAlsoAfterARestart() {
    try (TopologyBench bench = bench(new LaneLimits(50, 4, null, true))) {
      request(bench, RUN, Specs.run(6, 1, MODEL));
      bench.pass(Duration.ofSeconds(20));
      bench.restart();

      bench.pass(Duration.ofSeconds(40));
      assertThat(bench.work).hasSize(4);
      bench.pass(Duration.ofSeconds(5));

      assertThat(bench.work).hasSize(6);
    }
  }

  @Test
  void shouldHoldEveryRunBackWhileTheProviderWantsToBeLeftAlone() {
    try (TopologyBench bench = bench(new LaneLimits(50, null, null, true))) {
      request(bench, RUN, Specs.run(1, 1, MODEL));
      WorkItem first = bench.work.getFirst();
      start(bench, first);
      bench.append(RUN, limited(first, Duration.ofSeconds(8)));

      request(bench, OTHER, Specs.run(3, 1, MODEL));
      bench.pass(Duration.ofMillis(7_500));
      assertThat(bench.work).hasSize(1);
      bench.pass(Duration.ofSeconds(1));

      assertThat(bench.work).hasSize(4);
    }
  }

  @Test
  void shouldHoldBackWhatAFailedCallWouldHaveMadeRoomFor() {
    try (TopologyBench bench = bench(new LaneLimits(1, null, null, true))) {
      request(bench, RUN, Specs.run(2, 1, MODEL));
      WorkItem first = bench.work.getFirst();
      start(bench, first);

      bench.append(
        RUN,
        new CallFailed(
          first.callId(),
          1,
          1,
          FailureKind.RATE_LIMITED,
          429,
          "slow down",
          CallFacts.spend(1, "0"),
          List.of(),
          null
        )
      );
      bench.pass(Duration.ofMillis(4500));
      assertThat(bench.work).hasSize(1);
      bench.pass(Duration.ofSeconds(1));

      assertThat(bench.work).hasSize(2);
    }
  }

  @Test
  void shouldGiveAModelALaneOfItsOwn() {
    try (
      TopologyBench bench = new TopologyBench(
        Map.of(
          "openai",
          new LaneLimits(5, null, null, true),
          MODEL,
          new LaneLimits(1, null, null, true)
        )
      )
    ) {
      request(bench, RUN, Specs.run(3, 1, MODEL, OTHER_MODEL));

      assertThat(bench.work).hasSize(4);
      assertThat(bench.logged(CallDispatched.class))
        .extracting(CallDispatched::lane)
        .containsExactlyInAnyOrder(MODEL, "openai", "openai", "openai");
    }
  }

  @Test
  void shouldGiveUpAModelThatAlwaysAnswersGarbage() {
    try (TopologyBench bench = bench(new LaneLimits(50, null, null, true))) {
      request(bench, RUN, Specs.run(40, 1, LimitsOf.attempts(1, 20), MODEL));

      int answered = 0;
      for (int look = 0; look < 400 && bench.logged(RunFinished.class).isEmpty(); look++) {
        for (; answered < bench.work.size(); answered++) {
          start(bench, bench.work.get(answered));
          fail(bench, bench.work.get(answered));
        }
        bench.pass(Duration.ofMillis(500));
      }

      assertThat(bench.logged(RunFinished.class)).hasSize(1);
      assertThat(bench.now()).isBetween(Facts.START.plusSeconds(90), Facts.START.plusSeconds(95));
      assertThat(bench.work).hasSize(20 + 3);
      assertThat(bench.logged(CallSkipped.class)).hasSize(40 - 23);
    }
  }

  private static TopologyBench bench(LaneLimits limits) {
    return new TopologyBench(Map.of("openai", limits));
  }

  private static void request(TopologyBench bench, RunId runId, RunSpec spec) {
    bench.append(
      runId,
      new RunRequested(
        spec,
        new RunPlan(runId, spec).planned(),
        bench.now().plus(spec.limits().runDeadline())
      )
    );
  }

  private static void start(TopologyBench bench, WorkItem item) {
    CallLimits limits = item.limits();
    bench.heartbeat("worker-1");
    bench.append(
      item.runId(),
      new CallStarted(item.callId(), 1, 1, "worker-1", bench.now().plus(limits.callDeadline()))
    );
  }

  private static void fail(TopologyBench bench, WorkItem item) {
    bench.append(
      item.runId(),
      new CallFailed(
        item.callId(),
        1,
        1,
        FailureKind.INVALID_OUTPUT,
        200,
        "garbage",
        CallFacts.spend(1, "0.0001"),
        List.of(),
        null
      )
    );
  }

  private static CallRetried limited(WorkItem item, Duration delay) {
    return new CallRetried(
      item.callId(),
      1,
      2,
      FailureKind.RATE_LIMITED,
      429,
      "slow down",
      delay,
      Duration.ofSeconds(40),
      CallFacts.spend(1, "0"),
      List.of()
    );
  }
}
