package dev.acm2.gateway;

import dev.acm2.gateway.ModelPrices.ModelPrice;
import dev.acm2.gateway.Workers.Worker;
import java.util.List;

/// Where calls can go, by name.
public record Providers(List<Provider> providers) {
  /// @param configured whether some live worker can reach it: its key is set there, or it needs none
  /// @param workers live ones that can
  public record Provider(String provider, boolean configured, int workers) {}

  /// Every provider of the models.
  static Providers of(ModelPrices prices, Workers workers) {
    return new Providers(
      prices
        .models()
        .stream()
        .map(ModelPrice::provider)
        .distinct()
        .sorted()
        .map(name -> provider(name, workers))
        .toList()
    );
  }

  private static Provider provider(String name, Workers all) {
    long workers = all
      .workers()
      .stream()
      .filter(worker -> !worker.silent() && worker.providers().contains(name))
      .map(Worker::workerId)
      .count();
    return new Provider(name, workers > 0, Math.toIntExact(workers));
  }
}
