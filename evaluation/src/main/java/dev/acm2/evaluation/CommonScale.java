package dev.acm2.evaluation;

import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;

/// The scale on which scores of different criteria are put together: that of the rubric's first
/// criterion. Scores on another scale are mapped onto it in a straight line; a score on the same
/// scale stays as it is.
record CommonScale(int min, int max) {
  static CommonScale of(Rubric rubric) {
    Criterion first = rubric.criteria().getFirst();
    return new CommonScale(first.min(), first.max());
  }

  double of(double score, Criterion criterion) {
    return criterion.min() == min && criterion.max() == max
      ? score
      : min + (score - criterion.min()) * ratio(criterion);
  }

  /// A difference of two scores of the criterion.
  double ofDifference(double difference, Criterion criterion) {
    return difference * ratio(criterion);
  }

  /// Where a value stands between the two ends of the scale, 0 to 1.
  double share(double value) {
    return (value - min) / ((double) max - min);
  }

  private double ratio(Criterion criterion) {
    return ((double) max - min) / ((double) criterion.max() - criterion.min());
  }
}
