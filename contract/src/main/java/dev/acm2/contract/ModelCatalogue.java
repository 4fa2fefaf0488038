package dev.acm2.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Known models and what their tokens cost. A model named `*` stands for every model of its provider
/// that has no entry of its own (local servers).
///
/// @param asOf the day of the prices
/// @param source where the prices were read
public record ModelCatalogue(LocalDate asOf, String source, List<Model> models) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final String ANY = "*";

  /// A model's prices, in US dollars per million tokens, and its output limit in tokens.
  public record Model(
    ModelId model,
    BigDecimal inputUsdPerMillion,
    BigDecimal cachedInputUsdPerMillion,
    BigDecimal outputUsdPerMillion,
    int maxOutputTokens
  ) {
    public Usd cost(Usage usage) {
      BigDecimal fresh = BigDecimal.valueOf(usage.inputTokens() - usage.cachedTokens());
      BigDecimal total = fresh
        .multiply(inputUsdPerMillion)
        .add(BigDecimal.valueOf(usage.cachedTokens()).multiply(cachedInputUsdPerMillion))
        .add(BigDecimal.valueOf(usage.outputTokens()).multiply(outputUsdPerMillion));
      return Usd.of(total.divide(MILLION, 12, RoundingMode.CEILING));
    }
  }

  /// The catalogue that is part of this build.
  public static ModelCatalogue bundled() {
    try (InputStream json = ModelCatalogue.class.getResourceAsStream("models.json")) {
      if (json == null) {
        throw new IllegalStateException("models.json is missing from the build");
      }
      return ContractJson.EVENTS.readValue(json, ModelCatalogue.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<Model> find(ModelId id) {
    return models
      .stream()
      .filter(model -> model.model().equals(id))
      .findFirst()
      .or(() -> anyModelOf(id.provider()));
  }

  private Optional<Model> anyModelOf(String provider) {
    return models
      .stream()
      .filter(model -> model.model().equals(new ModelId(provider, ANY)))
      .findFirst();
  }
}
