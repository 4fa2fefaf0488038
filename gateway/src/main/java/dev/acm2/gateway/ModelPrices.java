package dev.acm2.gateway;

import dev.acm2.contract.ModelId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that a run may name.
///
/// @param catalogue where their prices are from; null when the orchestrator does not say
public record ModelPrices(@Nullable Catalogue catalogue, List<ModelPrice> models) {
  /// @param asOf the day of the prices
  /// @param source where the prices were read
  public record Catalogue(LocalDate asOf, String source) {}

  /// A model's prices, in US dollars per million tokens and per thousand searches, and its output limit in
  /// tokens.
  ///
  /// @param searchUsdPerThousand null when searches are not charged apart
  public record ModelPrice(
    ModelId model,
    String provider,
    BigDecimal inputUsdPerMillion,
    BigDecimal outputUsdPerMillion,
    int maxOutputTokens,
    @Nullable BigDecimal searchUsdPerThousand
  ) {}
}
