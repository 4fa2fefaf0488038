package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneViewsTopologyTest {

  private static final RunId RUN = Facts.runId(1);
  private static final RunId OTHER = Facts.runId(2);
  private static final String MODEL = "openai:gpt-5-mini";
  private static final LaneLimits TWO = new LaneLimits(2, null, null, true);
  private static final Duration TICK = Duration.ofMillis(500);

  /// Its commands come to the partition that the bench has.
  private static final String UNUSED = IntStream.range(0, 100)
    .mapToObj(number -> "provider-" + number)
    .filter(LaneViewsTopologyTest::isInPartitionZero)
    .findFirst()
    .orElseThrow();

  private final TopologyBench bench = new TopologyBench(Map.of("openai", TWO, UNUSED, TWO));

  @AfterEach
  void close() {
    bench.close();
  }

  private static boolean isInPartitionZero(String lane) {
    byte[] key = lane.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % Topics.LANES.partitions() == 0;
  }

  @Test
  void shouldShowALaneThatWasNeverUsedOnceItStarts() {
    bench.pass(Duration.ofSeconds(5));

    assertThat(viewsOf(UNUSED)).hasSize(1);
    assertThat(bench.view(UNUSED)).hasValueSatisfying(view ->
      assertThat(view.limits()).isEqualTo(TWO)
    );
    bench.restart();
    bench.pass(Duration.ofSeconds(5));
    assertThat(viewsOf(UNUSED)).as("once each start").hasSize(2);
  }

  @Test
  void shouldShowALaneEachHalfSecondAsLongAsItChanges() {
    request(RUN, Specs.run(9, 1, MODEL));
    assertThat(viewsOf("openai")).as("not before its time").isEmpty();

    bench.pass(TICK);
    assertThat(viewsOf("openai")).hasSize(1);
    assertThat(bench.view("openai")).hasValueSatisfying(view -> {
      assertThat(view.inFlight()).isEqualTo(2);
      assertThat(view.waiting()).isEqualTo(7);
      assertThat(view.runs()).isEqualTo(1);
      assertThat(view.requestsInWindow()).isEqualTo(2);
    });
    bench.pass(Duration.ofSeconds(10));
    assertThat(viewsOf("openai")).as("nothing has changed").hasSize(1);
    bench.pass(Duration.ofSeconds(55));

    assertThat(bench.view("openai")).hasValueSatisfying(view ->
      assertThat(view.requestsInWindow()).as("the minute is over").isZero()
    );
    assertThat(viewsOf("openai")).hasSize(2);
  }

  @Test
  void shouldTakeNewLimitsAtOnceAndShowThem() {
    request(RUN, Specs.run(9, 1, MODEL));
    LaneLimits five = new LaneLimits(5, null, null, true);

    bench.tell("openai", new LaneCommand.SetLimits(five));

    assertThat(bench.work).hasSize(5);
    assertThat(bench.view("openai")).hasValueSatisfying(view -> {
      assertThat(view.limits()).isEqualTo(five);
      assertThat(view.overridden()).isTrue();
      assertThat(view.inFlight()).isEqualTo(5);
    });
    bench.restart();
    bench.pass(TICK);
    assertThat(bench.view("openai").map(LaneView::limits)).contains(five);
    bench.tell("openai", new LaneCommand.ResetLimits());
    assertThat(bench.view("openai").map(LaneView::limits)).contains(TWO);
    assertThat(bench.view("openai").map(LaneView::overridden)).contains(false);
  }

  @Test
  void shouldMakeALaneOfAModelWhileItRuns() {
    request(RUN, Specs.run(9, 1, MODEL));

    bench.tell(MODEL, new LaneCommand.SetLimits(new LaneLimits(4, null, null, true)));
    assertThat(bench.work).as("what waits in a lane stays there").hasSize(2);
    bench.restart();
    request(OTHER, Specs.run(9, 1, MODEL));

    assertThat(bench.work).hasSize(6);
    assertThat(bench.logged(CallDispatched.class))
      .extracting(CallDispatched::lane)
      .containsExactly("openai", "openai", MODEL, MODEL, MODEL, MODEL);
  }

  @Test
  void shouldEndALaneThatIsNotConfiguredWithoutStrandingItsCalls() {
    bench.tell(MODEL, new LaneCommand.SetLimits(new LaneLimits(4, null, null, true)));
    request(RUN, Specs.run(9, 1, MODEL));
    assertThat(bench.work).hasSize(4);

    bench.tell(MODEL, new LaneCommand.ResetLimits());
    assertThat(bench.view(MODEL).map(LaneView::limits)).as("its provider's").contains(TWO);
    for (int ended = 0; ended < 9; ended++) {
      end(bench.work.get(ended));
    }
    bench.pass(TICK);

    assertThat(bench.work).hasSize(9);
    assertThat(bench.view(MODEL)).as("withdrawn").isEmpty();
    request(OTHER, Specs.run(1, 1, MODEL));
    assertThat(bench.logged(CallDispatched.class).getLast().lane()).isEqualTo("openai");
  }

  @Test
  void shouldWithdrawALaneThatHadOnlyBeenSet() {
    bench.tell(MODEL, new LaneCommand.SetLimits(TWO));

    bench.tell(MODEL, new LaneCommand.ResetLimits());

    assertThat(viewsOf(MODEL)).hasSize(2).last().isEqualTo(Optional.empty());
    assertThat(bench.size(Overrides.STORE)).isZero();
  }

  @Test
  void shouldHoldALaneBackByItsTokens() {
    LaneLimits tokens = new LaneLimits(9, null, 2_500, true);
    bench.tell("openai", new LaneCommand.SetLimits(tokens));
    request(RUN, Specs.run(9, 1, MODEL));
    assertThat(bench.work).as("1,010 tokens each").hasSize(2);
    bench.restart();

    end(bench.work.getFirst());

    assertThat(bench.work).as("20 tokens were used").hasSize(3);
  }

  private List<Optional<LaneView>> viewsOf(String lane) {
    return bench.views
      .stream()
      .filter(view -> view.getKey().equals(lane))
      .map(Map.Entry::getValue)
      .toList();
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

  private void end(WorkItem item) {
    bench.append(item.runId(), CallFacts.started(item, bench.now()));
    bench.append(item.runId(), CallFacts.succeeded(item, CallFacts.spend(1, "0.001")));
  }
}
