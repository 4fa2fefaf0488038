package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.gateway.LaneHistory.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a lane tells, at whatever pace: the history is bounded, forgets no extreme of the last hour, and is
/// the same for every reader, however often the log says a thing and whenever it is read.
class LaneHistoryPropertyTest {

  private static final int MOST_SAMPLES = 2900;
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldKeepTheExtremesOfTheLastHourWithinBounds(int seed) {
    // given
    Random random = new Random(seed);
    List<LaneView> log = log(random);

    // when
    LaneHistory history = fold(log);

    // then
    List<Sample> all = history.since(Instant.MIN);
    assertThat(all).hasSizeLessThanOrEqualTo(MOST_SAMPLES);
    Instant hourAgo = end(log).minus(LaneHistory.KEPT).minus(LaneHistory.STRETCH);
    assertThat(
      all
        .stream()
        .filter(sample -> sample.at().isBefore(hourAgo))
        .map(Sample::at)
    )
      .as("of what is older, only the stretch that held then")
      .satisfies(old ->
        assertThat(
          old.isEmpty() || old.getFirst().plus(LaneHistory.STRETCH).isAfter(old.getLast())
        ).isTrue()
      );
    assertThat(all).extracting(Sample::at).doesNotHaveDuplicates().isSorted();
    assertThat(all.getLast().at()).isEqualTo(end(log));
    Instant from = beforeSomeStretch(random, log);
    IntSummaryStatistics told = limits(history.since(from).stream().map(Sample::concurrency));
    IntSummaryStatistics truth = limits(held(log, from).map(LaneView::concurrencyNow));
    assertThat(told.getMin()).isEqualTo(truth.getMin());
    assertThat(told.getMax()).isEqualTo(truth.getMax());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotMindWhatTheLogSaysTwiceOrLate(int seed) {
    // given
    Random random = new Random(seed);
    List<LaneView> log = log(random);
    List<LaneView> noisy = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      noisy.add(log.get(i));
      noisy.addAll(
        switch (random.nextInt(6)) {
          case 0 -> List.of(log.get(i), log.get(i));
          case 1 -> List.of(log.get(random.nextInt(i + 1)));
          default -> List.of();
        }
      );
    }

    // then
    assertThat(fold(noisy).since(Instant.MIN)).isEqualTo(fold(log).since(Instant.MIN));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldTellTheSameWhoeverReadsTheCompactedTopicLater(int seed) {
    // given what compaction leaves: the newest view of all that is older than an hour
    Random random = new Random(seed);
    List<LaneView> log = log(random);
    Instant hourAgo = end(log).minus(LaneHistory.KEPT);
    List<LaneView> left = held(log, hourAgo).toList();

    // then
    Instant from = hourAgo.plus(LaneHistory.STRETCH);
    assertThat(fold(left).since(from)).isEqualTo(fold(log).since(from));
  }

  /// Views of rising times: mostly one a second, with breaks of minutes and, seldom, of more than an hour.
  private static List<LaneView> log(Random random) {
    List<LaneView> views = new ArrayList<>();
    Instant at = START;
    for (int i = 0; i < 1 + random.nextInt(8000); i++) {
      at = at.plusMillis(1 + random.nextInt(1500));
      at = at.plus(pause(random.nextInt(2000)));
      views.add(view(random, at));
    }
    return views;
  }

  private static Duration pause(int dice) {
    return switch (dice) {
      case 0 -> Duration.ofMinutes(70);
      case 1, 2, 3 -> Duration.ofMinutes(4);
      case 4, 5, 6, 7, 8 -> Duration.ofSeconds(20);
      default -> Duration.ZERO;
    };
  }

  private static LaneView view(Random random, Instant at) {
    LaneLimits limits = new LaneLimits(20, null, null, true);
    int limit = random.nextInt(40) == 0 ? 1 + random.nextInt(20) : 20;
    @Nullable
    Instant blocked = random.nextInt(30) == 0 ? at.plusMillis(random.nextInt(9000)) : null;
    return new LaneView("openai", limits, false, limit, 3, 0, 1, blocked, 0, 0, at);
  }

  /// The last moment before a stretch of the last hour: between two stretches nothing is cut in half.
  private static Instant beforeSomeStretch(Random random, List<LaneView> log) {
    long stretch = LaneHistory.STRETCH.toMillis();
    long number = end(log).toEpochMilli() / stretch;
    long back = random.nextInt(Math.toIntExact(LaneHistory.KEPT.toMillis() / stretch));
    return Instant.ofEpochMilli((number - back) * stretch - 1);
  }

  /// The view that held at the time, and all that came later.
  private static Stream<LaneView> held(List<LaneView> log, Instant time) {
    long before = log
      .stream()
      .takeWhile(view -> !view.at().isAfter(time))
      .count();
    return log.stream().skip(Math.max(0, before - 1));
  }

  private static IntSummaryStatistics limits(Stream<Integer> limits) {
    return limits.mapToInt(Integer::intValue).summaryStatistics();
  }

  private static Instant end(List<LaneView> log) {
    return log.getLast().at();
  }

  private static LaneHistory fold(List<LaneView> log) {
    LaneHistory history = LaneHistory.evolve(null, log.getFirst());
    for (LaneView view : log.subList(1, log.size())) {
      history = LaneHistory.evolve(history, view);
    }
    return history;
  }
}
