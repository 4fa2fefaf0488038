package dev.acm2.evaluation;

import dev.acm2.evaluation.Comparisons.Comparison;

/// Wins of each document against each other one, and the strengths that explain them best.
///
/// The model is that of Bradley and Terry: i wins against j with probability p(i) / (p(i) + p(j)).
/// A tie is half a win for both. The prior is one drawn vote for each document, spread evenly over
/// all the others: it keeps the strength of a document that never lost finite, and weighs as much
/// as one vote of any judge.
final class WinTable {

  private static final int MOST_SWEEPS = 100_000;
  private static final double EVEN = 0.5;

  private final double[][] wins;

  WinTable(int size) {
    wins = new double[size][size];
  }

  void add(Comparison vote) {
    wins[vote.better()][vote.worse()] += vote.tie() ? EVEN : 1;
    wins[vote.worse()][vote.better()] += vote.tie() ? EVEN : 0;
  }

  void addPrior() {
    for (int i = 0; i < wins.length; i++) {
      for (int j = 0; j < i; j++) {
        addPrior(i, j, EVEN);
      }
    }
  }

  /// @param share the part of the drawn vote that the first of the two wins, between 0 and 1
  void addPrior(int i, int j, double share) {
    double weight = 1.0 / (wins.length - 1);
    wins[i][j] += weight * share;
    wins[j][i] += weight * (1 - share);
  }

  /// Votes of the document against all others, won and lost.
  double votes(int document) {
    double votes = 0;
    for (int other = 0; other < wins.length; other++) {
      votes += wins[document][other] + wins[other][document];
    }
    return votes;
  }

  /// The strengths of greatest likelihood as natural logarithms whose mean is 0, by the MM
  /// algorithm (Hunter 2004): each sweep climbs, and with a prior there is one summit and it is
  /// finite.
  ///
  /// @param start where to begin
  /// @param tolerance sweeps end when no strength changes by more than this part of itself
  double[] strengths(double[] start, double tolerance) {
    double[] p = new double[wins.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = StrictMath.exp(start[i]);
    }
    double[] won = new double[p.length];
    double[][] met = new double[p.length][p.length];
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        won[i] += wins[i][j];
        met[i][j] = wins[i][j] + wins[j][i];
      }
    }
    int sweeps = 0;
    while (sweep(p, won, met) > tolerance && sweeps < MOST_SWEEPS) {
      sweeps++;
    }
    return centredLogarithms(p);
  }

  private static double sweep(double[] p, double[] won, double[][] met) {
    double change = 0;
    for (int i = 0; i < p.length; i++) {
      double expected = 0;
      for (int j = 0; j < p.length; j++) {
        expected += met[i][j] / (p[i] + p[j]);
      }
      double next = won[i] / expected;
      change = Math.max(change, Math.abs(next / p[i] - 1));
      p[i] = next;
    }
    return change;
  }

  private static double[] centredLogarithms(double[] p) {
    double[] logarithms = new double[p.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      logarithms[i] = StrictMath.log(p[i]);
      sum += logarithms[i];
    }
    for (int i = 0; i < p.length; i++) {
      logarithms[i] -= sum / p.length;
    }
    return logarithms;
  }
}
