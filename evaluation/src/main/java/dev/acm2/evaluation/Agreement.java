package dev.acm2.evaluation;

import java.util.List;
import java.util.Optional;

/// How far judges agree: Krippendorff's alpha with the interval metric. 1 is perfect agreement, 0
/// what chance would give, below 0 worse than that.
///
/// @param units things that at least two judges have valued
/// @param values values of them, over all judges
public record Agreement(double alpha, int units, int values) {
  /// Alpha is 1 - observed / expected disagreement: the mean squared difference of two values of
  /// the same unit, by that of any two values (Krippendorff 2004, ch. 11). Units with a single
  /// value do not count. Empty where it is not defined: without a unit, and when all values are
  /// the same.
  ///
  /// @param units each the values that judges gave to one thing; both in a defined order, since
  ///     sums follow it
  static Optional<Agreement> of(List<List<Double>> units) {
    List<List<Double>> pairable = units
      .stream()
      .filter(unit -> unit.size() > 1)
      .toList();
    List<Double> all = pairable.stream().flatMap(List::stream).toList();
    double expected = squaredDifferences(all) / (all.size() * (all.size() - 1.0));
    if (all.isEmpty() || expected == 0) {
      return Optional.empty();
    }
    double observed = 0;
    for (List<Double> unit : pairable) {
      observed += squaredDifferences(unit) / (unit.size() - 1) / all.size();
    }
    double alpha = Precision.of(1 - observed / expected);
    return Optional.of(new Agreement(alpha, pairable.size(), all.size()));
  }

  /// Sum over all ordered pairs of the values, which is 2 n times the squared deviations from the
  /// mean.
  private static double squaredDifferences(List<Double> values) {
    if (values.stream().distinct().count() < 2) {
      return 0;
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.size();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return 2 * values.size() * squares;
  }
}
