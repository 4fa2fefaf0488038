package dev.acm2.evaluation;

/// Results carry nine decimals: enough to tell documents apart, and few enough that two results
/// which are equal in mathematics are equal here, whatever sums they came from. So ties are ties.
final class Precision {

  private static final double SCALE = 1e9;
  private static final double LARGEST = 1e6;

  private Precision() {}

  static double of(double value) {
    return Math.abs(value) < LARGEST ? Math.round(value * SCALE) / SCALE : value;
  }
}
