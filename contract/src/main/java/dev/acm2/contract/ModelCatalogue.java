package dev.acm2.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Known models and what their tokens cost. A model named `*` stands for every model of its provider
/// that has no entry of its own (local servers).
///
/// @param asOf the day of the prices
/// @param source where the prices were read
public record ModelCatalogue(LocalDate asOf, String source, List<Model> models) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final String ANY = "*";

  /// How many searches a request may make at most: adapters tell providers so, and budgets hold the
  /// money for so many.
  public static final int MAX_SEARCHES = 10;

  /// A model's prices, in US dollars per million tokens and per thousand searches, and its output limit
  /// in tokens.
  ///
  /// @param searchUsdPerThousand null when searches are not charged apart
  public record Model(
    ModelId model,
    BigDecimal inputUsdPerMillion,
    BigDecimal cachedInputUsdPerMillion,
    BigDecimal outputUsdPerMillion,
    int maxOutputTokens,
    @Nullable BigDecimal searchUsdPerThousand
  ) {
    public Model(
      ModelId model,
      BigDecimal inputUsdPerMillion,
      BigDecimal cachedInputUsdPerMillion,
      BigDecimal outputUsdPerMillion,
      int maxOutputTokens
    ) {
      this(
        model,
        inputUsdPerMillion,
        cachedInputUsdPerMillion,
        outputUsdPerMillion,
        maxOutputTokens,
        null
      );
    }

    /// @param searches that were made, 0 or more
    public Usd cost(Usage usage, int searches) {
      return cost(usage).plus(searchCost(searches));
    }

    private Usd searchCost(int searches) {
      return searchUsdPerThousand == null
        ? Usd.ZERO
        : Usd.of(searchUsdPerThousand.multiply(BigDecimal.valueOf(searches)).movePointLeft(3));
    }

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

  /// Reads a catalogue of the user's own.
  ///
  /// @throws IllegalArgumentException when the file cannot be read as one; names the file
  public static ModelCatalogue read(Path file) {
    try {
      ModelCatalogue own = ContractJson.INPUT.readValue(
        Files.readAllBytes(file),
        ModelCatalogue.class
      );
      Required.check(own);
      return own;
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no model catalogue: " + file + ": " + e.getMessage(), e);
    }
  }

  /// The same catalogue with the models of another one added, or put in place of its own.
  public ModelCatalogue overriddenBy(ModelCatalogue other) {
    List<Model> merged = new ArrayList<>(other.models);
    models
      .stream()
      .filter(model -> other.models.stream().noneMatch(own -> own.model().equals(model.model())))
      .forEach(merged::add);
    return new ModelCatalogue(other.asOf, source + "; " + other.source, List.copyOf(merged));
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
