package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.ModelId;
import dev.acm2.testkit.Facts;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveLimitsTest {

  private static final LaneLimits CONFIGURED = concurrency(2);
  private static final ConfiguredLanes LANES = new ConfiguredLanes(Map.of("openai", CONFIGURED));
  private static final String MODEL = "openai:gpt-5";

  private final LaneScript lane = new LaneScript(CONFIGURED).enqueue(1, 20);

  @Test
  void shouldReleaseAtOnceWhenItMayDoMore() {
    lane.set(concurrency(7));

    assertThat(lane.released).hasSize(7);
    assertThat(lane.limits()).isEqualTo(concurrency(7));
  }

  @Test
  void shouldLetCallsEndWhenItMayDoLess() {
    lane.set(concurrency(7)).set(concurrency(3));

    lane.end(true).end(true).end(true).end(true);
    assertThat(lane.released).hasSize(7);
    lane.end(true);

    assertThat(lane.released).hasSize(8);
  }

  @Test
  void shouldKeepItsLimitsOverARestart() {
    lane.set(new LaneLimits(7, 9, 90_000, false)).restart();

    assertThat(lane.limits()).isEqualTo(new LaneLimits(7, 9, 90_000, false));
    assertThat(lane.reset().limits()).isEqualTo(CONFIGURED);
  }

  @Test
  void shouldCountTheLastMinuteBeforeALimitWasSet() {
    LaneScript unlimited = new LaneScript(concurrency(50)).enqueue(1, 20, 1_000);
    while (!unlimited.inFlight.isEmpty()) {
      unlimited.end(0, true, 100L);
    }

    unlimited.set(new LaneLimits(50, 21, null, true)).enqueue(1, 5, 1_000);
    assertThat(unlimited.released).hasSize(21);
    unlimited.set(new LaneLimits(50, null, 4_500, true));
    assertThat(unlimited.released).as("2,000 known and 1,000 held").hasSize(22);
  }

  @Test
  void shouldForgetWhatItLearnedUnderOtherLimits() {
    LaneScript taught = new LaneScript(concurrency(8)).block(0);
    assertThat(taught.enqueue(1, 20).released).hasSize(4);

    taught.set(concurrency(10));

    assertThat(taught.released).hasSize(10);
  }

  @Test
  void shouldStayBlockedUnderNewLimits() {
    LaneScript blocked = new LaneScript(CONFIGURED).block(5_000).enqueue(1, 20);

    assertThat(blocked.set(concurrency(5)).released).isEmpty();
    assertThat(blocked.pass(5_000).released).hasSize(5);
  }

  @Test
  void shouldGoOnWithTheLimitsOfItsProviderWhenItIsNotConfigured() {
    LaneScript model = new LaneScript(LANES.of(MODEL)).set(concurrency(5)).enqueue(1, 20);

    model.reset();
    while (model.inFlight.size() > 1) {
      model.end(true);
    }
    assertThat(model.released).as("two at a time, to the last").hasSize(20);
    assertThat(model.end(true).lane.isIdle()).isTrue();
  }

  @Test
  void shouldReleaseNothingOfAProviderThatIsNotConfigured() {
    assertThat(LANES.of("google")).isEqualTo(LaneLimits.CLOSED);
    assertThat(LANES.of("google:gemini-2.5-pro")).isEqualTo(LaneLimits.CLOSED);
  }

  @Test
  void shouldSendCallsThroughALaneThatExistsBecauseItsLimitsWereSet() {
    ModelId model = ModelId.parse(MODEL);

    assertThat(LANES.names(Set.of()).of(model)).isEqualTo("openai");
    assertThat(LANES.names(Set.of(MODEL)).of(model)).isEqualTo(MODEL);
  }

  @Test
  void shouldShowHowItStands() {
    lane
      .set(new LaneLimits(3, 10, 90_000, true))
      .end(0, true, 100L)
      .enqueueLater(2, 60_000);
    lane.block(4_000);

    assertThat(LaneViews.of("openai", lane.lane, CONFIGURED, lane.now)).isEqualTo(
      new LaneView(
        "openai",
        new LaneLimits(3, 10, 90_000, true),
        true,
        1,
        3,
        17,
        2,
        Facts.START.plusMillis(4_000),
        4,
        100 + 3 * 1_000,
        Facts.START
      )
    );
  }

  @Test
  void shouldShowWhatTimeHasMadeOfIt() {
    lane.end(0, true, 100L).block(1_000).pass(64_000);

    LaneView view = LaneViews.of("openai", lane.lane, CONFIGURED, lane.now);

    assertThat(view.blockedUntil()).isNull();
    assertThat(view.overridden()).isFalse();
    assertThat(view.requestsInWindow()).isZero();
    assertThat(view.tokensInWindow()).isEqualTo(2 * 1_000);
  }

  @Test
  void shouldReadTheCommandsOfABuildThatKnewLess() {
    LaneCommand.CountRequest old = (LaneCommand.CountRequest) ContractJson.EVENTS.readValue(
      """
      {"command":"count-request","runId":"%s","callId":"%s","at":"2026-01-01T00:00:00Z"}""".formatted(
        Facts.runId(1),
        lane.released.getFirst().callId()
      ),
      LaneCommand.class
    );

    assertThat(old.epoch()).isNull();
    assertThat(old.tokens()).isNull();
  }

  private static LaneLimits concurrency(int calls) {
    return new LaneLimits(calls, null, null, true);
  }
}
