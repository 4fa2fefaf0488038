package dev.acm2.providersimulator;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/// What each model's documents are like, and how each model judges. Models are named as on the wire
/// (`gpt-5.1`) or with their provider in front (`openai:gpt-5.1`), which means the same.
///
/// @param qualities    0 to 1 by author; any other author has one by its name, see [#quality]
/// @param planting     by author: share of the documents in which it plants an instruction, 0 to 1; else 0
/// @param positionBias by judge: what being shown first is worth in quality, -1 to 1; else 0
/// @param gullibility  by judge: points that a planted instruction adds to a score, -10 to 10; else 0
/// @param noise        standard deviation of every judge's opinion in quality, 0 to 1
public record JudgeOptions(
  Map<String, Double> qualities,
  Map<String, Double> planting,
  Map<String, Double> positionBias,
  Map<String, Double> gullibility,
  double noise
) {
  /// Every quality by name, nothing planted, no bias, nobody gullible.
  public static final JudgeOptions DEFAULTS = new JudgeOptions(
    Map.of(),
    Map.of(),
    Map.of(),
    Map.of(),
    0.08
  );

  private static final Set<String> PROVIDERS = Set.of(
    "openai",
    "openai-compatible",
    "google",
    "anthropic",
    "openrouter"
  );
  private static final double LOWEST_BY_NAME = 0.3;
  private static final double RANGE_BY_NAME = 0.5;
  private static final double REVISION_LIFTS = 0.05;
  /// Less than a revision lifts, so that a combined document is better than both of its own whoever
  /// combined it.
  private static final double COMBINER_LIFTS = 0.02;

  public JudgeOptions {
    qualities = checked("quality", qualities, each -> each >= 0 && each <= 1);
    planting = checked("share of planted documents", planting, each -> each >= 0 && each <= 1);
    positionBias = checked("position bias", positionBias, each -> Math.abs(each) <= 1);
    gullibility = checked("gullibility", gullibility, each -> Math.abs(each) <= 10);
    if (!(noise >= 0 && noise <= 1)) {
      throw new IllegalArgumentException("the judges' noise is 0 to 1, not " + noise);
    }
  }

  public JudgeOptions withQuality(String model, double quality) {
    return with(Map.of(model, quality), Map.of(), Map.of(), Map.of(), noise);
  }

  public JudgeOptions withPlanting(String author, double share) {
    return with(Map.of(), Map.of(author, share), Map.of(), Map.of(), noise);
  }

  public JudgeOptions withPositionBias(String judge, double bias) {
    return with(Map.of(), Map.of(), Map.of(judge, bias), Map.of(), noise);
  }

  public JudgeOptions withGullibility(String judge, double points) {
    return with(Map.of(), Map.of(), Map.of(), Map.of(judge, points), noise);
  }

  public JudgeOptions withNoise(double changed) {
    return new JudgeOptions(qualities, planting, positionBias, gullibility, changed);
  }

  /// The quality of what a model writes: the one that was set, else one between 0.3 and 0.8 that is a
  /// function of its name.
  public double quality(String model) {
    String name = wireName(model);
    return qualities.getOrDefault(
      name,
      LOWEST_BY_NAME + RANGE_BY_NAME * new Draws(0).random("quality", name).nextDouble()
    );
  }

  /// The quality of a document that this simulator wrote, by its closing line; empty for any other
  /// text. Above 1 when the best was still improved by combining.
  public OptionalDouble qualityOf(String document) {
    List<Signature> signatures = Signature.in(document);
    return signatures.isEmpty()
      ? OptionalDouble.empty()
      : OptionalDouble.of(quality(signatures.getLast()));
  }

  double quality(Signature signature) {
    double lift = REVISION_LIFTS * signature.revision();
    return signature.revision() == 0
      ? quality(signature.origin())
      : quality(signature.origin()) + lift + COMBINER_LIFTS * quality(signature.author());
  }

  double planting(String author) {
    return planting.getOrDefault(wireName(author), 0.0);
  }

  double positionBias(String judge) {
    return positionBias.getOrDefault(wireName(judge), 0.0);
  }

  double gullibility(String judge) {
    return gullibility.getOrDefault(wireName(judge), 0.0);
  }

  /// The same but for what is named here.
  JudgeOptions with(
    Map<String, Double> changedQualities,
    Map<String, Double> changedPlanting,
    Map<String, Double> changedBias,
    Map<String, Double> changedGullibility,
    double changedNoise
  ) {
    return new JudgeOptions(
      merged(qualities, changedQualities),
      merged(planting, changedPlanting),
      merged(positionBias, changedBias),
      merged(gullibility, changedGullibility),
      changedNoise
    );
  }

  private static Map<String, Double> merged(Map<String, Double> now, Map<String, Double> changes) {
    Map<String, Double> merged = new TreeMap<>(now);
    changes.forEach((model, value) -> merged.put(wireName(model), value));
    return merged;
  }

  private static Map<String, Double> checked(
    String what,
    Map<String, Double> values,
    DoublePredicate allowed
  ) {
    values.forEach((model, value) -> {
      if (!allowed.test(value)) {
        throw new IllegalArgumentException("the " + what + " of " + model + " cannot be " + value);
      }
    });
    return Map.copyOf(merged(Map.of(), values));
  }

  private static String wireName(String model) {
    int colon = model.indexOf(':');
    return colon > 0 && PROVIDERS.contains(model.substring(0, colon))
      ? model.substring(colon + 1)
      : model;
  }
}
