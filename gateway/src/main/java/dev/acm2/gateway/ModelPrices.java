package dev.acm2.gateway;

import dev.acm2.contract.ModelId;
import java.math.BigDecimal;
import java.util.List;

/// The models that a run may name.
public record ModelPrices(List<ModelPrice> models) {
  /// A model's prices, in US dollars per million tokens, and its output limit in tokens.
  public record ModelPrice(
    ModelId model,
    String provider,
    BigDecimal inputUsdPerMillion,
    BigDecimal outputUsdPerMillion,
    int maxOutputTokens
  ) {}
}
