package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.Topics;
import dev.acm2.gateway.LaneHistory.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneHistoryTest {

  /// The begin of a stretch.
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shouldBeginWithTheSampleThatHeldThen() {
    LaneHistory history = fold(view(0, 10), view(60, 8), view(120, 6));

    assertThat(limits(history, 59)).containsExactly(10, 8, 6);
    assertThat(limits(history, 60)).containsExactly(8, 6);
    assertThat(limits(history, 119)).containsExactly(8, 6);
    assertThat(limits(history, 9999)).containsExactly(6);
    assertThat(limits(history, -1)).containsExactly(10, 8, 6);
  }

  @Test
  void shouldTellWhatAViewTold() {
    LaneView view = view("openai", 1.5, 7, START.plusSeconds(4));

    assertThat(fold(view).since(START)).containsExactly(
      new Sample(START.plusMillis(1500), 7, 3, 12, START.plusSeconds(4))
    );
  }

  @Test
  void shouldKeepOnlyTheLastOfAStretchInWhichNothingHappened() {
    LaneHistory history = fold(view(0, 8), view(1, 8), view(4.9, 8), view(5, 8), view(9, 8));

    assertThat(seconds(history)).containsExactly(4.9, 9.0);
  }

  @Test
  void shouldLoseNoDipAndNoPeak() {
    LaneHistory history = fold(view(0, 8), view(1, 12), view(2, 2), view(3, 2), view(4, 6));

    assertThat(seconds(history)).containsExactly(1.0, 2.0, 4.0);
    assertThat(limits(history, 0)).containsExactly(12, 2, 6);
  }

  @Test
  void shouldLoseNoBlockThatIsOverBeforeItsStretch() {
    // given
    Instant longest = START.plusMillis(3500);
    LaneHistory history = fold(
      view("openai", 1, 8, START.plusSeconds(2)),
      view("openai", 1.5, 8, longest),
      view("openai", 2, 8, longest),
      view(4, 8)
    );

    // then
    assertThat(history.since(START))
      .extracting(Sample::blockedUntil)
      .containsExactly(longest, null);
    assertThat(seconds(history)).containsExactly(1.5, 4.0);
  }

  @Test
  void shouldKeepOnlyTheLastOfAStretchThatEndsBlocked() {
    Instant until = START.plusSeconds(60);
    LaneHistory history = fold(view("openai", 1, 8, until), view("openai", 4, 8, until));

    assertThat(seconds(history)).containsExactly(4.0);
  }

  @Test
  void shouldIgnoreWhatItHasSeenAndWhatIsOlder() {
    LaneHistory once = fold(view(0, 8), view(10, 4), view(20, 6));
    LaneHistory again = fold(
      view(0, 8),
      view(0, 8),
      view(10, 4),
      view(3, 1),
      view(20, 6),
      view(10, 4),
      view(20, 6)
    );

    assertThat(again.since(START)).isEqualTo(once.since(START));
  }

  @Test
  void shouldBelieveTheLogOfTwoViewsOfOneMoment() {
    LaneHistory history = fold(view(0, 8), view(1, 8), view(1, 3));

    assertThat(limits(history, 1)).containsExactly(3);
  }

  @Test
  void shouldShowTheLastViewOfTheLogEvenWhenItIsOlder() {
    LaneHistory history = fold(view(10, 8), view(5, 4));

    assertThat(history.newest().concurrencyNow()).isEqualTo(4);
    assertThat(limits(history, 0)).containsExactly(8);
  }

  @Test
  void shouldForgetWhatEndedAnHourAgo() {
    LaneHistory history = fold(view(0, 1), view(10, 2), view(20, 3), view(3616, 4));

    // then what held an hour ago is known, and nothing before it
    assertThat(limits(history, -1)).containsExactly(2, 3, 4);
  }

  @Test
  void shouldKeepAnIdleLanesOneViewForEver() {
    LaneHistory history = fold(view(0, 8));

    assertThat(history.since(START.plus(Duration.ofDays(30)))).hasSize(1);
  }

  @Test
  void shouldKeepNoMoreThanTheTopicKeeps() {
    String lag = Objects.requireNonNull(Topics.LANE_VIEWS.config().get("min.compaction.lag.ms"));

    assertThat(LaneHistory.KEPT.toMillis()).isEqualTo(Long.parseLong(lag));
  }

  @Test
  void shouldListLanesByTheirNames() {
    LaneHistories told = LaneHistories.since(
      START,
      List.of(fold(view("zai", 0, 1, null)), fold(view("openai", 0, 2, null)))
    );

    assertThat(told.lanes()).extracting(LaneHistories.Lane::lane).containsExactly("openai", "zai");
    assertThat(told.lanes().getFirst().samples().getFirst().concurrency()).isEqualTo(2);
  }

  private static List<Integer> limits(LaneHistory history, long fromSecond) {
    return history.since(START.plusSeconds(fromSecond)).stream().map(Sample::concurrency).toList();
  }

  private static List<Double> seconds(LaneHistory history) {
    return history
      .since(START)
      .stream()
      .map(sample -> Duration.between(START, sample.at()).toMillis() / 1000.0)
      .toList();
  }

  private static LaneHistory fold(LaneView first, LaneView... more) {
    return Arrays.stream(more).reduce(
      LaneHistory.evolve(null, first),
      LaneHistory::evolve,
      (_, later) -> later
    );
  }

  private static LaneView view(double second, int limit) {
    return view("openai", second, limit, null);
  }

  private static LaneView view(String lane, double second, int limit, @Nullable Instant blocked) {
    LaneLimits limits = new LaneLimits(20, null, null, true);
    Instant at = START.plusMillis(Math.round(second * 1000));
    return new LaneView(lane, limits, false, limit, 3, 12, 1, blocked, 0, 0, at);
  }
}
