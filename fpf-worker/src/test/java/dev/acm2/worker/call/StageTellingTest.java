package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.worker.provider.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class StageTellingTest {

  private static final int LOOK_MS = 250;
  private static final long SOME_START = Long.MAX_VALUE - 1_000_000_000L;

  private StageTelling telling = StageTelling.FRESH;
  private int nowMs;
  private final List<String> told = new ArrayList<>();

  @Test
  void shouldTellNothingOfAnAttemptThatGoesAsEverybodyAssumes() {
    lasts(Stage.CONNECTING, 750);
    lasts(Stage.FIRST_BYTE, 600_000);
    lasts(new Stage.Body(0), 750);
    lasts(new Stage.Body(12_000), 750);
    assertThat(told).isEmpty();
  }

  @Test
  void shouldTellOnceThatItConnectsWhenThatLasts() {
    lasts(Stage.CONNECTING, 10_000);
    assertThat(told).containsExactly("1000 connecting");
  }

  @Test
  void shouldTellAtOnceThatWhatWasToldIsNotTrueAnyMore() {
    lasts(Stage.CONNECTING, 1500);
    lasts(Stage.FIRST_BYTE, 60_000);
    assertThat(told).containsExactly("1000 connecting", "1500 waiting for the first byte");
  }

  @Test
  void shouldTellABodyAgainEachTimeThatItHasLastedTwiceAsLong() {
    lasts(Stage.FIRST_BYTE, 2000);
    lasts(ms -> new Stage.Body((ms - 2000) * 12 + 1), 8500);
    assertThat(told).containsExactly(
      "3000 receiving, 12.0 kB",
      "4000 receiving, 24.0 kB",
      "6000 receiving, 48.0 kB",
      "10000 receiving, 96.0 kB"
    );
  }

  @Test
  void shouldCostTenEventsForABodyOfTenMinutes() {
    lasts(ms -> new Stage.Body(ms + 1), 600_000);
    assertThat(told).hasSize(10);
  }

  @Test
  void shouldNotTellTheSameTwice() {
    lasts(new Stage.Body(15), 600_000);
    assertThat(told).containsExactly("1000 receiving, 15 B");
  }

  @Test
  void shouldTellHeadersWithoutABodyAndThenTheBody() {
    lasts(new Stage.Body(0), 30_000);
    lasts(ms -> new Stage.Body(ms - 29_999), 1500);
    assertThat(told).containsExactly("1000 waiting for the body", "31000 receiving, 1.0 kB");
  }

  @Test
  void shouldTellOnlyTheLatestAfterALookThatCameLate() {
    see(new Stage.Body(1));
    nowMs = 9000;
    see(new Stage.Body(900));
    nowMs = 15_750;
    see(new Stage.Body(1000));
    nowMs = 16_000;
    see(new Stage.Body(1100));
    assertThat(told).containsExactly("9000 receiving, 900 B", "16000 receiving, 1.1 kB");
  }

  @Test
  void shouldNotSpeakForThoseWhoTellItThemselves() {
    lasts(Stage.SELF_TOLD, 600_000);
    assertThat(told).isEmpty();
  }

  private void lasts(Stage stage, int ms) {
    lasts(_ -> stage, ms);
  }

  private void lasts(IntFunction<Stage> stageAt, int ms) {
    int end = nowMs + ms;
    for (; nowMs < end; nowMs += LOOK_MS) {
      see(stageAt.apply(nowMs));
    }
  }

  /// The clock runs over in the middle, as that of a machine may.
  private void see(Stage stage) {
    String before = telling.told();
    telling = telling.seen(stage, SOME_START + Duration.ofMillis(nowMs).toNanos());
    if (!telling.told().equals(before)) {
      told.add(nowMs + " " + telling.told());
    }
  }
}
