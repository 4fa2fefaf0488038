package dev.acm2.providersimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyModelTest {

  private static final int DRAWS = 10_000;

  @Test
  void shouldDrawLognormalAroundTheMedianOfTheModel() {
    double[] sorted = seconds(new LatencyModel(1, 0.35, null), 7, "gpt-5.1");

    assertThat(sorted[DRAWS / 2]).isCloseTo(215, within(215 * 0.02));
    assertThat(Math.log(sorted[(int) (DRAWS * 0.8413)] / sorted[DRAWS / 2])).isCloseTo(
      0.35,
      within(0.02)
    );
  }

  @Test
  void shouldDivideByTheSpeed() {
    Duration real = draw(new LatencyModel(1, 0.35, null), 7, "gpt-5", "a");
    Duration fast = draw(new LatencyModel(20, 0.35, null), 7, "gpt-5", "a");

    assertThat(fast.toNanos() * 20.0).isCloseTo((double) real.toNanos(), within(20.0));
  }

  @Test
  void shouldDependOnSeedAndKeyAlone() {
    LatencyModel model = new LatencyModel(20, 0.35, null);

    assertThat(seconds(model, 7, "gpt-5")).isEqualTo(seconds(model, 7, "gpt-5"));
    assertThat(seconds(model, 7, "gpt-5")).isNotEqualTo(seconds(model, 8, "gpt-5"));
  }

  @Test
  void shouldKnowTheMeasuredModelsUnderTheirOtherNames() {
    assertThat(LatencyModel.medianSeconds("gpt-5-mini")).isEqualTo(144);
    assertThat(LatencyModel.medianSeconds("gpt-5-2025-08-07")).isEqualTo(171);
    assertThat(LatencyModel.medianSeconds("google/gemini-2.5-flash")).isEqualTo(19);
    assertThat(LatencyModel.medianSeconds("openai/gpt-5:online")).isEqualTo(171);
    assertThat(LatencyModel.medianSeconds("claude-sonnet-4")).isEqualTo(30);
  }

  @Test
  void shouldTakeAFixedLatencyAsItIs() {
    LatencyModel model = new LatencyModel(20, 0.35, Duration.ofMillis(200));

    assertThat(draw(model, 1, "gpt-5", "a")).isEqualTo(Duration.ofMillis(200));
  }

  private static double[] seconds(LatencyModel model, long seed, String name) {
    return IntStream.range(0, DRAWS)
      .mapToDouble(i -> draw(model, seed, name, "request-" + i).toNanos() / 1e9)
      .sorted()
      .toArray();
  }

  private static Duration draw(LatencyModel model, long seed, String name, String key) {
    return model.draw(name, new Draws(seed).random("latency", key));
  }
}
