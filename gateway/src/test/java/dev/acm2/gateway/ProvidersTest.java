package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.gateway.ModelPrices.ModelPrice;
import dev.acm2.gateway.Providers.Provider;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shouldListEveryProviderOfTheModelsOnce() {
    assertThat(of()).containsExactly(
      new Provider("anthropic", false, 0),
      new Provider("openai", false, 0)
    );
  }

  @Test
  void shouldCountTheWorkersThatCanReachIt() {
    assertThat(of(beat("a", 1, "openai"), beat("b", 1, "openai", "google"))).contains(
      new Provider("openai", true, 2),
      new Provider("anthropic", false, 0)
    );
  }

  @Test
  void shouldNotCountWorkersThatHaveFallenSilent() {
    assertThat(of(beat("a", 11, "openai"))).contains(new Provider("openai", false, 0));
  }

  private static List<Provider> of(WorkerHeartbeat... beats) {
    ModelPrices prices = new ModelPrices(
      null,
      List.of(price("openai:one"), price("anthropic:one"), price("openai:two"))
    );
    return Providers.of(prices, Workers.of(List.of(beats), NOW)).providers();
  }

  private static ModelPrice price(String model) {
    ModelId id = ModelId.parse(model);
    return new ModelPrice(id, id.provider(), BigDecimal.ONE, BigDecimal.TEN, 1000, null);
  }

  private static WorkerHeartbeat beat(String id, int secondsAgo, String... providers) {
    return new WorkerHeartbeat(
      id,
      "build",
      NOW.minusSeconds(secondsAgo),
      8,
      0,
      false,
      List.of(providers)
    );
  }
}
