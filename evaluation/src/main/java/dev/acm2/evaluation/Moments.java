package dev.acm2.evaluation;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Mean and spread of some numbers. They are added up from the smallest, so their order of arrival
/// does not matter, not even to the last bit.
///
/// @param mean null of no numbers
/// @param spread the sample standard deviation (divided by n - 1), null of fewer than two numbers
record Moments(int count, @Nullable Double mean, @Nullable Double spread) {
  static Moments of(Collection<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return new Moments(0, null, null);
    }
    double mean = sum(sorted) / sorted.length;
    return new Moments(
      sorted.length,
      Precision.of(mean),
      sorted.length < 2 ? null : Precision.of(spread(sorted, mean))
    );
  }

  private static double spread(double[] sorted, double mean) {
    double[] squares = new double[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      squares[i] = (sorted[i] - mean) * (sorted[i] - mean);
    }
    return Math.sqrt(sum(squares) / (sorted.length - 1));
  }

  // Not DoubleStream.sum: it compensates errors in a way that the JDK leaves open.
  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }
}
