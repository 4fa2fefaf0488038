package dev.acm2.evaluation;

import dev.acm2.evaluation.Comparisons.Comparison;
import java.util.Arrays;
import java.util.List;

/// Strengths as they might have come out: each sample fits as many votes, drawn with replacement
/// from those that are there. The drawn vote of the prior is no sure thing either: in each sample
/// it is split at random between the two documents. Without that, a handful of votes that all
/// agree would leave no doubt at all.
final class Bootstrap {

  private static final double TOLERANCE = 1e-5;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private final double[][] samples;

  private Bootstrap(double[][] samples) {
    this.samples = samples;
  }

  /// @param best the strengths of greatest likelihood
  static Bootstrap of(Comparisons comparisons, double[] best, long seed, int size) {
    Draws draws = new Draws(seed);
    double[][] samples = new double[size][];
    for (int i = 0; i < size; i++) {
      samples[i] = sample(comparisons, draws).strengths(best, TOLERANCE);
    }
    return new Bootstrap(samples);
  }

  private static WinTable sample(Comparisons comparisons, Draws draws) {
    WinTable table = new WinTable(comparisons.size());
    List<Comparison> votes = comparisons.votes();
    for (int i = 0; i < votes.size(); i++) {
      table.add(votes.get(draws.below(votes.size())));
    }
    for (int i = 0; i < comparisons.size(); i++) {
      for (int j = 0; j < i; j++) {
        table.addPrior(i, j, draws.share());
      }
    }
    return table;
  }

  /// The bounds between which 95 % of the samples of one strength lie.
  double[] interval(int document) {
    double[] sorted = Arrays.stream(samples)
      .mapToDouble(sample -> sample[document])
      .toArray();
    Arrays.sort(sorted);
    int high = (int) Math.ceil(HIGH * sorted.length) - 1;
    return new double[] { sorted[(int) (LOW * sorted.length)], sorted[high] };
  }

  /// Whether the 95 % interval of the difference of two strengths lies above 0.
  boolean isAbove(int document, int other) {
    double[] sorted = Arrays.stream(samples)
      .mapToDouble(sample -> sample[document] - sample[other])
      .sorted()
      .toArray();
    return sorted[(int) (LOW * sorted.length)] > 0;
  }

  /// In which part of the samples each document is the strongest.
  double[] firstPlaces() {
    double[] shares = new double[samples[0].length];
    for (double[] sample : samples) {
      shares[strongest(sample)] += 1.0 / samples.length;
    }
    return shares;
  }

  /// The index of the greatest strength, of equal ones the first.
  static int strongest(double[] strengths) {
    int first = 0;
    for (int i = 1; i < strengths.length; i++) {
      first = strengths[i] > strengths[first] ? i : first;
    }
    return first;
  }
}
