package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.LaneLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaneTokensTest {

  private static final int SEEDS = 300;

  @Test
  void shouldReleaseOnlyWhatTheTokensOfAMinuteAllow() {
    LaneScript lane = lane(3_000).enqueue(1, 5, 1_000);

    assertThat(lane.released).hasSize(3);
    assertThat(lane.wakeAt).as("only an end can open it").isNull();
    assertThat(lane.pass(600_000).released).as("what is under way is held").hasSize(3);
  }

  @Test
  void shouldReplaceWhatACallHeldByWhatItUsed() {
    LaneScript lane = lane(3_000).enqueue(1, 5, 1_000);

    lane.end(0, true, 400L);
    assertThat(lane.released).as("2,000 held and 400 known").hasSize(3);
    lane.end(0, true, 500L);

    assertThat(lane.released).as("1,000 held and 900 known").hasSize(4);
    lane.pass(64_000);
    assertThat(lane.released).as("what was known is a minute ago").hasSize(5);
  }

  @Test
  void shouldCountAllThatWasHeldWhenNobodyKnowsWhatWasUsed() {
    LaneScript lane = lane(1_500).enqueue(1, 2, 1_000);

    lane.end(0, false, null);

    assertThat(lane.released).hasSize(1);
    assertThat(lane.pass(64_000).released).hasSize(2);
  }

  @Test
  void shouldHoldWhatARetryCanUseInPlaceOfReleases() {
    LaneScript lane = lane(3_000).enqueue(1, 2, 1_000);

    lane.retry(0, 1, 1_300L).enqueue(1, 1, 1_000);
    assertThat(lane.released).as("2,300 held").hasSize(2);
    lane.end(0, true, 700L).pass(64_000);

    assertThat(lane.released).hasSize(3);
    assertThat(lane.lane.pace().tokenWindow().held()).isEqualTo(2_000);
  }

  @Test
  void shouldIgnoreARetryOfACallThatIsNotReleased() {
    LaneScript lane = lane(3_000).enqueue(1, 1, 1_000).end(true);

    lane.retry(0, 1, 1_300L);

    assertThat(lane.lane.pace().tokenWindow().held()).isZero();
  }

  @Test
  void shouldReleaseACallThatIsLargerThanTheLimitAloneAndInItsTurn() {
    LaneScript lane = lane(3_000).enqueue(1, 1, 1_000).enqueue(1, 1, 9_000).enqueue(1, 1, 500);

    lane.end(0, true, 800L).pass(60_000);
    assertThat(lane.released).as("nothing passes it, and the window is not empty").hasSize(1);
    lane.pass(4_000);
    assertThat(lane.released).as("it goes, and alone").hasSize(2);
    lane.end(0, true, 8_000L).pass(60_000);
    assertThat(lane.released).hasSize(2);

    assertThat(lane.pass(4_000).released).hasSize(3);
  }

  /// Whenever a provider counts a token between the release and the end of its call, no 60 s hold more
  /// than the limit.
  @Test
  void shouldKeepTheTokensOfAMinuteWheneverTheyAreCounted() {
    LongStream.range(0, SEEDS).forEach(seed -> {
      try {
        play(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    });
  }

  private record Counted(Instant at, long tokens) {}

  private static void play(Random random) {
    int limit = 2_000 + random.nextInt(20_000);
    LaneScript lane = lane(limit);
    Map<CallId, Instant> releasedAt = new HashMap<>();
    List<Counted> counted = new ArrayList<>();
    for (int step = 0; step < 500; step++) {
      switch (random.nextInt(6)) {
        case 0 -> lane.enqueue(1 + random.nextInt(2), 1, 100 + random.nextInt(1_900));
        case 1, 2 -> lane.pass(random.nextInt(20_000));
        case 3 -> lane.restart();
        default -> {
          if (!lane.inFlight.isEmpty()) {
            counted.add(end(lane, random, releasedAt));
          }
        }
      }
      for (int i = releasedAt.size(); i < lane.released.size(); i++) {
        releasedAt.put(lane.released.get(i).callId(), lane.releasedAt.get(i));
      }
    }
    assertThat(lane.released).hasSizeGreaterThan(20);
    checkMinutes(counted, limit);
  }

  /// The provider counts at any time of the call.
  private static Counted end(LaneScript lane, Random random, Map<CallId, Instant> releasedAt) {
    int index = random.nextInt(lane.inFlight.size());
    LaneCommand.Enqueue call = lane.inFlight.get(index);
    long used = random.nextLong(call.tokens() + 1);
    Instant released = releasedAt.getOrDefault(call.callId(), lane.now);
    long lasted = Duration.between(released, lane.now).toMillis();
    Instant at = released.plusMillis(random.nextLong(lasted + 1));
    lane.end(index, true, used);
    return new Counted(at, used);
  }

  private static void checkMinutes(List<Counted> counted, int limit) {
    for (Counted first : counted) {
      Instant end = first.at().plusSeconds(60);
      long sum = counted
        .stream()
        .filter(other -> !other.at().isBefore(first.at()) && !other.at().isAfter(end))
        .mapToLong(Counted::tokens)
        .sum();
      assertThat(sum).as("tokens of a minute").isLessThanOrEqualTo(limit);
    }
  }

  private static LaneScript lane(int tokensPerMinute) {
    return new LaneScript(new LaneLimits(100, null, tokensPerMinute, true));
  }
}
