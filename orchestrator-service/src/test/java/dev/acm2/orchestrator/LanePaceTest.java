package dev.acm2.orchestrator;

import static dev.acm2.testkit.Facts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LanePaceTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int SEEDS = 300;

  @Test
  void shouldReleaseNoMoreThanTheRequestsOfAMinuteAndGoOnByItself() {
    LaneScript lane = new LaneScript(new LaneLimits(100, 5, null, true)).enqueue(1, 12);

    assertThat(lane.releasedAt).hasSize(5);
    lane.pass(60_000);
    assertThat(lane.releasedAt).hasSize(5);
    lane.pass(4_000);

    assertThat(lane.releasedAt).hasSize(10);
    assertThat(lane.wakeAt).isAfter(lane.now);
  }

  @Test
  void shouldCountAnnouncedRetriesAsRequests() {
    LaneScript lane = new LaneScript(new LaneLimits(100, 5, null, true)).enqueue(1, 3);
    lane.retry(0).retry(20_000);

    lane.enqueue(1, 3);
    assertThat(lane.releasedAt).hasSize(3);
    lane.pass(64_000);

    assertThat(lane.releasedAt).as("the retry 20 s later still counts").hasSize(6);
    lane.enqueue(1, 9).pass(0);
    assertThat(lane.releasedAt).as("3 released and 1 retried in this minute").hasSize(7);
  }

  @Test
  void shouldNotWakeWhenNothingWaits() {
    LaneScript lane = new LaneScript(new LaneLimits(100, 5, null, true)).enqueue(1, 5).block(3_000);

    assertThat(lane.wakeAt).isNull();
  }

  @Test
  void shouldNotWakeWhenASlotIsMissing() {
    LaneScript lane = new LaneScript(new LaneLimits(2, 2, null, true)).enqueue(1, 5);

    assertThat(lane.wakeAt).isNull();
    assertThat(lane.end(true).wakeAt).isNotNull();
  }

  @Test
  void shouldReleaseNothingOfAnyRunDuringABlock() {
    LaneScript lane = new LaneScript(new LaneLimits(10, null, null, true)).enqueue(1, 1);

    lane.block(7_000).enqueue(2, 3).pass(6_999);
    assertThat(lane.releasedAt).hasSize(1);
    lane.pass(1);

    assertThat(lane.releasedAt).hasSize(4);
  }

  @Test
  void shouldKeepTheLatestEndOfSeveralBlocks() {
    LaneScript lane = new LaneScript(new LaneLimits(10, null, null, true));

    lane.block(7_000).block(3_000).enqueue(1, 1).pass(6_999);
    assertThat(lane.releasedAt).isEmpty();
    lane.pass(1);

    assertThat(lane.releasedAt).hasSize(1);
  }

  @Test
  void shouldBlockNoLongerThanTenMinutes() {
    LaneScript lane = new LaneScript(new LaneLimits(10, null, null, true));

    lane.block(Duration.ofDays(30).toMillis()).enqueue(1, 1);
    lane.pass(Throttle.LONGEST_BLOCK.toMillis());

    assertThat(lane.releasedAt).hasSize(1);
  }

  @Test
  void shouldHalveItsConcurrencyOnABlockAndWinItBackBySuccesses() {
    LaneScript lane = new LaneScript(new LaneLimits(8, null, null, true)).enqueue(1, 100);

    lane.block(0);
    while (lane.inFlight.size() > 4) {
      lane.end(false);
    }
    assertThat(lane.lane.inFlight()).isEqualTo(4);
    lane.end(true).end(true).end(true);
    assertThat(lane.lane.inFlight()).isEqualTo(4);
    lane.end(true);

    assertThat(lane.lane.inFlight()).isEqualTo(5);
    for (int i = 0; i < 5 + 6 + 7 + 20; i++) {
      lane.end(true);
    }
    assertThat(lane.lane.inFlight()).isEqualTo(8);
  }

  @Test
  void shouldKeepItsConcurrencyWhenItIsNotAdaptive() {
    LaneScript lane = new LaneScript(new LaneLimits(8, null, null, false)).enqueue(1, 100);

    lane.block(0).end(false);

    assertThat(lane.lane.inFlight()).isEqualTo(8);
  }

  @Test
  void shouldReleaseADelayedCallAtItsTimeAndOthersBefore() {
    LaneScript lane = new LaneScript(new LaneLimits(2, null, null, true)).enqueueLater(1, 30_000);

    lane.enqueue(1, 1).pass(29_999);
    assertThat(lane.releasedAt).hasSize(1);
    lane.pass(1);

    assertThat(lane.releasedAt).hasSize(2);
    assertThat(lane.wakeAt).isNull();
    assertThat(lane.lane.delayed()).isNull();
  }

  @Test
  void shouldDropTheDelayedCallsOfARun() {
    LaneScript lane = new LaneScript(new LaneLimits(2, null, null, true));
    lane.enqueueLater(1, 30_000).enqueueLater(2, 40_000);

    lane.drop(1).pass(60_000);

    assertThat(lane.inFlight)
      .singleElement()
      .matches(call -> call.runId().equals(runId(2)));
    assertThat(lane.wakeAt).isNull();
  }

  @Test
  void shouldKeepASmallStateWhateverTheLimit() {
    LaneScript lane = new LaneScript(new LaneLimits(5000, 100_000, null, true));

    for (int second = 0; second < 180; second++) {
      lane.enqueue(1, 20).pass(1_000);
      while (!lane.inFlight.isEmpty()) {
        lane.end(true);
      }
    }

    assertThat(lane.lane.pace().requests().slices().size()).isLessThanOrEqualTo(127);
  }

  /// Whatever the order of calls, ends, retries, blocks and time.
  @Test
  void shouldKeepItsLawsInAnySchedule() {
    LongStream.range(0, SEEDS).forEach(seed -> {
      try {
        play(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    });
  }

  private static void play(Random random) {
    Integer perMinute = random.nextInt(4) == 0 ? null : 1 + random.nextInt(80);
    Integer tokens = random.nextInt(3) == 0 ? 1_500 + random.nextInt(20_000) : null;
    boolean adaptive = random.nextBoolean();
    LaneScript lane = new LaneScript(
      new LaneLimits(1 + random.nextInt(12), perMinute, tokens, adaptive)
    );
    Instant blockedUntil = Instant.MIN;
    for (int step = 0; step < 400; step++) {
      int released = lane.releasedAt.size();
      int concurrency = lane.lane.pace().concurrency(lane.limits());
      switch (random.nextInt(13)) {
        case 0, 1 -> lane.enqueue(1 + random.nextInt(3), 1 + random.nextInt(3));
        case 2 -> lane.enqueueLater(1 + random.nextInt(3), random.nextInt(30_000));
        case 3 -> lane.retry(random.nextInt(5_000));
        case 4 -> {
          long millis = random.nextInt(20_000);
          Instant end = lane.now.plusMillis(millis);
          blockedUntil = end.isAfter(blockedUntil) ? end : blockedUntil;
          lane.block(millis);
        }
        case 5, 6, 7 -> lane.pass(random.nextInt(4_000));
        case 8 -> {
          if (random.nextInt(4) == 0) {
            lane.reset();
          } else {
            lane.set(new LaneLimits(1 + random.nextInt(12), perMinute, tokens, adaptive));
          }
        }
        default -> {
          if (!lane.inFlight.isEmpty()) {
            int index = random.nextInt(lane.inFlight.size());
            lane.end(index, random.nextInt(4) > 0, (long) random.nextInt(1_000));
          }
        }
      }
      checkRest(lane);
      if (lane.releasedAt.size() > released) {
        int now = lane.lane.pace().concurrency(lane.limits());
        assertThat(lane.lane.inFlight()).isLessThanOrEqualTo(Math.max(concurrency, now));
        assertThat(lane.releasedAt.get(released)).isAfterOrEqualTo(blockedUntil);
      }
    }
    checkMinutes(lane.releasedAt, perMinute);
    drain(lane);
  }

  /// A lane rests only for want of a call, of a slot, or of time; for the last it asks to be woken.
  private static void checkRest(LaneScript lane) {
    List<LaneCommand.Enqueue> delayed = lane.lane.waitingForTheirTime();
    boolean couldGo = lane.waiting() > delayed.size() && lane.lane.hasRoom(lane.limits());
    Gate gate = couldGo ? Objects.requireNonNull(lane.gate()) : Gate.SHUT;
    Instant opens = gate.at();
    assertThat(gate.open()).as("rests without a cause").isFalse();
    if (opens != null) {
      assertThat(opens).isAfter(lane.now);
    } else if (couldGo) {
      assertThat(lane.inFlight).as("somebody who opens the gate").isNotEmpty();
    }
    Stream<Instant> times = delayed.stream().map(call -> Objects.requireNonNull(call.notBefore()));
    assertThat(delayed).allMatch(call -> call.isEarly(lane.now));
    assertThat(lane.wakeAt).isEqualTo(
      Stream.concat(times, Stream.ofNullable(opens)).min(Instant::compareTo).orElse(null)
    );
    assertThat(lane.lane.inFlight()).isBetween(0, 12);
  }

  private static void checkMinutes(List<Instant> released, @Nullable Integer perMinute) {
    for (int i = 0; perMinute != null && i + perMinute < released.size(); i++) {
      assertThat(Duration.between(released.get(i), released.get(i + perMinute)))
        .as("time over which %d calls were released", perMinute + 1)
        .isGreaterThan(MINUTE);
    }
  }

  private static void drain(LaneScript lane) {
    int rounds = 0;
    while (lane.waiting() > 0) {
      rounds++;
      assertThat(rounds).as("rounds until the lane is empty").isLessThan(20_000);
      while (!lane.inFlight.isEmpty()) {
        lane.end(true);
      }
      lane.pass(1_000);
      checkRest(lane);
    }
  }
}
