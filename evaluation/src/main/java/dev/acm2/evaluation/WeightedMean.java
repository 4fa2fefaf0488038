package dev.acm2.evaluation;

import dev.acm2.contract.Rubric.Criterion;
import org.jspecify.annotations.Nullable;

/// A mean over the criteria that have a value; the weights of the others do not count.
final class WeightedMean {

  private double sum;
  private double weights;

  void add(@Nullable Double value, Criterion criterion) {
    if (value != null) {
      sum += value * criterion.weight().doubleValue();
      weights += criterion.weight().doubleValue();
    }
  }

  @Nullable
  Double value() {
    return weights > 0 ? Precision.of(sum / weights) : null;
  }
}
