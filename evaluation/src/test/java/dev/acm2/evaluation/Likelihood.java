package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.List;

/// The likelihood of Bradley-Terry strengths, written down from its definition, and a search for
/// its summit that knows nothing about it: try a step up and a step down in each direction, and
/// halve the step when none of them leads higher.
record Likelihood(List<CallId> documents, List<Vote> votes) {
  double of(double[] strengths) {
    double sum = 0;
    for (Vote vote : votes) {
      double first = strengths[documents.indexOf(vote.first())];
      double second = strengths[documents.indexOf(vote.second())];
      double share = vote.winner() == null ? 0.5 : vote.first().equals(vote.winner()) ? 1 : 0;
      sum += share * logOfWinning(first, second) + (1 - share) * logOfWinning(second, first);
    }
    return sum + prior(strengths);
  }

  /// Half a win and half a loss for each document, spread evenly over all the others.
  private double prior(double[] strengths) {
    double sum = 0;
    double weight = 1.0 / (strengths.length - 1);
    for (int i = 0; i < strengths.length; i++) {
      for (int j = 0; j < strengths.length; j++) {
        sum += i == j ? 0 : weight * 0.5 * logOfWinning(strengths[i], strengths[j]);
      }
    }
    return sum;
  }

  private static double logOfWinning(double own, double other) {
    return Math.log(Math.exp(own) / (Math.exp(own) + Math.exp(other)));
  }

  double[] climb() {
    double[] best = new double[documents.size()];
    for (double step = 1; step > 1e-8; ) {
      double[] better = better(best, step);
      step = better == best ? step / 2 : step;
      best = better;
    }
    return centred(best);
  }

  private double[] better(double[] from, double step) {
    double[] best = from;
    for (int i = 0; i < from.length; i++) {
      for (double change : new double[] { step, -step }) {
        double[] next = from.clone();
        next[i] += change;
        best = of(next) > of(best) + 1e-15 ? next : best;
      }
    }
    return best;
  }

  private static double[] centred(double[] strengths) {
    double mean = 0;
    for (double strength : strengths) {
      mean += strength / strengths.length;
    }
    double[] centred = strengths.clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= mean;
    }
    return centred;
  }
}
