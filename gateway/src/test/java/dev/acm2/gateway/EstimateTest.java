package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EstimateTest {

  private static final ModelId QUICK = ModelId.parse("openai:quick");
  private static final ModelId SLOW = ModelId.parse("anthropic:slow");
  /// 20 calls at once, 1 minute a call.
  private static final Limits LIMITS = Specs.limits();

  @Test
  void shouldTakeTheLikelyCostFromPastCalls() {
    // given 10 calls at 0.20 each on average
    Plan plan = plan(Map.of("openai", lane(5, null)), part(QUICK, 10, "1", "9"));
    List<PastCall> past = List.of(past(QUICK, 4, "0.10"), past(QUICK, 6, "0.30"));

    // when
    RunEstimate estimate = Estimate.of(plan, past);

    // then
    assertThat(estimate.minUsd()).isEqualTo(Usd.of("1"));
    assertThat(estimate.likelyUsd()).isEqualTo(Usd.of("2"));
    assertThat(estimate.maxUsd()).isEqualTo(Usd.of("9"));
    assertThat(estimate.models().getFirst().pastCalls()).isEqualTo(2);
    assertThat(estimate.models().getFirst().likelyUsd()).isEqualTo(Usd.of("2"));
    assertThat(estimate.models().getFirst().p50()).isEqualTo(Duration.ofSeconds(4));
    assertThat(estimate.models().getFirst().p90()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void shouldKeepTheLikelyCostBetweenMinAndMax() {
    Plan plan = plan(Map.of("openai", lane(5, null)), part(QUICK, 10, "1", "9"));

    assertThat(Estimate.of(plan, List.of(past(QUICK, 1, "50"))).likelyUsd()).isEqualTo(Usd.of("9"));
    assertThat(Estimate.of(plan, List.of(past(QUICK, 1, "0"))).likelyUsd()).isEqualTo(Usd.of("1"));
  }

  @Test
  void shouldTakeTheMiddleInSumsForAModelThatIsNew() {
    // given
    Plan plan = plan(
      Map.of("openai", lane(5, null), "anthropic", lane(5, null)),
      part(QUICK, 10, "1", "9"),
      part(SLOW, 2, "2", "4")
    );

    // when
    RunEstimate estimate = Estimate.of(plan, List.of(past(QUICK, 4, "0.20")));

    // then
    assertThat(estimate.models().get(1).likelyUsd()).isNull();
    assertThat(estimate.models().get(1).p50()).isNull();
    assertThat(estimate.likelyUsd()).isEqualTo(Usd.of("5"));
    assertThat(estimate.phases().getFirst().likelyUsd()).isEqualTo(Usd.of("5"));
    assertThat(estimate.minTime()).isNull();
    assertThat(estimate.likelyTime()).isNull();
    assertThat(estimate.maxTime()).isNull();
  }

  @Test
  void shouldCountWavesThroughALane() {
    // given calls of 1 to 10 s, 12 of them through 5 places: three waves
    Plan plan = plan(Map.of("openai", lane(5, null)), part(QUICK, 12, "1", "9"));

    // when
    RunEstimate estimate = Estimate.of(plan, tenCalls());

    // then
    assertThat(estimate.minTime()).isEqualTo(Duration.ofSeconds(3));
    assertThat(estimate.likelyTime()).isEqualTo(Duration.ofSeconds(15));
    assertThat(estimate.maxTime()).isEqualTo(Duration.ofSeconds(3 * 2 * 9));
  }

  @Test
  void shouldNotGoBeyondTheConcurrencyOfTheRun() {
    // given 40 calls, 20 of the run at once, in a lane for 100
    Plan plan = plan(Map.of("openai", lane(100, null)), part(QUICK, 40, "1", "9"));

    assertThat(Estimate.of(plan, tenCalls()).likelyTime()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldShareTheConcurrencyOfTheRunBetweenLanes() {
    // given 20 calls in each of two lanes: together two waves of the run's 20
    Plan plan = plan(
      Map.of("openai", lane(100, null), "anthropic", lane(100, null)),
      part(QUICK, 20, "1", "9"),
      part(SLOW, 20, "1", "9")
    );

    assertThat(
      Estimate.of(plan, List.of(past(QUICK, 4, "0"), past(SLOW, 8, "0"))).likelyTime()
    ).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void shouldWaitForTheRequestsOfAMinute() {
    // given 61 calls at 60 a minute: the last one is sent after a minute
    Plan plan = plan(Map.of("openai", lane(100, 60)), part(QUICK, 61, "1", "9"));

    // when
    RunEstimate estimate = Estimate.of(plan, List.of(past(QUICK, 5, "0")));

    // then max sends each twice
    assertThat(estimate.likelyTime()).isEqualTo(Duration.ofSeconds(65));
    assertThat(estimate.maxTime()).isEqualTo(Duration.ofSeconds(121 + 10));
  }

  @Test
  void shouldEndACallAtItsDeadline() {
    Plan plan = plan(Map.of("openai", lane(5, null)), part(QUICK, 1, "1", "9"));

    assertThat(Estimate.of(plan, List.of(past(QUICK, 50, "0"))).maxTime()).isEqualTo(
      LIMITS.callDeadline()
    );
  }

  @Test
  void shouldAddThePhasesUp() {
    Plan plan = plan(
      Map.of("openai", lane(5, null)),
      part(QUICK, 5, "1", "2"),
      new Plan.Part(Phase.COMBINE, QUICK, "openai", 5, Usd.of("1"), Usd.of("2"))
    );
    List<PastCall> past = List.of(
      past(QUICK, 4, "0.2"),
      new PastCall(Phase.COMBINE, QUICK, Duration.ofSeconds(9), Usd.of("0.3"))
    );

    // when
    RunEstimate estimate = Estimate.of(plan, past);

    // then
    assertThat(estimate.likelyTime()).isEqualTo(Duration.ofSeconds(13));
    assertThat(estimate.phases()).hasSize(2);
    assertThat(estimate.phases().get(1).likelyUsd()).isEqualTo(Usd.of("1.5"));
    assertThat(estimate.calls()).isEqualTo(10);
  }

  @Test
  void shouldKnowNoTimeForALaneThatIsClosed() {
    Plan plan = plan(Map.of(), part(QUICK, 5, "1", "2"));

    assertThat(Estimate.of(plan, tenCalls()).likelyTime()).isNull();
  }

  @Test
  void shouldSayWhetherTheBudgetSuffices() {
    Map<String, LaneLimits> lanes = Map.of("openai", lane(5, null));

    assertThat(within(plan(lanes, part(QUICK, 10, "1", "1000")))).isTrue();
    assertThat(within(plan(lanes, part(QUICK, 10, "1", "1000.1")))).isFalse();
    assertThat(within(plan(lanes, part(QUICK, 100_001, "1", "2")))).isFalse();
  }

  private static boolean within(Plan plan) {
    return Estimate.of(plan, List.of()).withinBudget();
  }

  private static List<PastCall> tenCalls() {
    List<PastCall> calls = new ArrayList<>();
    IntStream.rangeClosed(1, 10).forEach(seconds -> calls.add(past(QUICK, 11 - seconds, "0")));
    return calls;
  }

  private static PastCall past(ModelId model, int seconds, String cost) {
    return new PastCall(Phase.GENERATION, model, Duration.ofSeconds(seconds), Usd.of(cost));
  }

  private static Plan plan(Map<String, LaneLimits> lanes, Plan.Part... parts) {
    return new Plan(List.of(parts), LIMITS, lanes);
  }

  private static Plan.Part part(ModelId model, int calls, String min, String max) {
    String lane = model.provider();
    return new Plan.Part(Phase.GENERATION, model, lane, calls, Usd.of(min), Usd.of(max));
  }

  private static LaneLimits lane(int concurrency, @Nullable Integer perMinute) {
    return new LaneLimits(concurrency, perMinute, null, true);
  }
}
