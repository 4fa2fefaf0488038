package dev.acm2.providersimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FaultSharesTest {

  private static final int DRAWS = 10_000;

  @Test
  void shouldGiveEachFaultItsShare() {
    FaultShares shares = FaultShares.parse("rate-limit=0.1, server-error=0.05,reset=0.01");

    List<Behaviour> drawn = draw(shares, 42);

    assertThat(shareOf(Fault.RATE_LIMIT, drawn)).isCloseTo(0.1, within(0.012));
    assertThat(shareOf(Fault.SERVER_ERROR, drawn)).isCloseTo(0.05, within(0.009));
    assertThat(shareOf(Fault.RESET, drawn)).isCloseTo(0.01, within(0.004));
    assertThat(shareOf(Behaviour.OK, drawn)).isCloseTo(0.84, within(0.015));
  }

  @Test
  void shouldDrawTheSameFaultsForTheSameSeed() {
    FaultShares shares = FaultShares.of(Fault.OVERLOADED, 0.5);

    assertThat(draw(shares, 42)).isEqualTo(draw(shares, 42)).isNotEqualTo(draw(shares, 43));
  }

  @Test
  void shouldDrawNoFaultWithoutSharesAndOnlyFaultsWithAShareOfOne() {
    assertThat(draw(FaultShares.NONE, 1)).containsOnly(Behaviour.OK);
    assertThat(draw(FaultShares.of(Fault.TRICKLE, 1), 1)).containsOnly(Fault.TRICKLE);
  }

  @Test
  void shouldRefuseWhatIsNoShare() {
    assertThatThrownBy(() -> FaultShares.parse("rate-limit=1.5")).hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> FaultShares.parse("rate-limit")).hasMessageContaining("name=share");
    assertThatThrownBy(() -> FaultShares.parse("rate=0.1")).hasMessageContaining("known:");
    assertThatThrownBy(() -> FaultShares.parse("reset=0.6,trickle=0.6")).hasMessageContaining(
      "add up"
    );
  }

  private static List<Behaviour> draw(FaultShares shares, long seed) {
    LatencyModel latency = SimulatorOptions.defaults().latencyModel();
    JsonMapper json = JsonMapper.builder().build();
    Draws draws = new Draws(seed);
    Planner planner = new Planner(
      draws,
      new Composer(draws, () -> JudgeOptions.DEFAULTS, json),
      latency,
      Duration.ofSeconds(1),
      json
    );
    return IntStream.range(0, DRAWS)
      .mapToObj(i -> planner.drawn(shares, new Occurrence("id|" + i, "text", 1, 1)))
      .toList();
  }

  private static double shareOf(Behaviour behaviour, List<Behaviour> drawn) {
    return drawn.stream().filter(behaviour::equals).count() / (double) DRAWS;
  }
}
