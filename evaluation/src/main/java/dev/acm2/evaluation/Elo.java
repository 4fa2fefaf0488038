package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Elo ratings of documents: start 1000, K 32, 400 points for odds of ten to one. A tie is half a
/// win for both. Unlike Bradley-Terry it depends on the order of the votes, so the order is always
/// said.
public final class Elo {

  public static final double START = 1000;
  public static final double K = 32;
  static final double POINTS_FOR_TENFOLD_ODDS = 400;

  private Elo() {}

  /// Ratings after the votes in the order in which they are given. Votes that are not between two
  /// of the documents do not count.
  public static SortedMap<CallId, Double> inOrder(Collection<CallId> documents, List<Vote> votes) {
    SortedMap<CallId, Double> ratings = new TreeMap<>();
    documents.forEach(document -> ratings.put(document, START));
    votes.forEach(vote -> play(vote, ratings));
    return ratings;
  }

  /// Ratings after the votes in their natural order: the same for the same votes, however they
  /// arrive.
  public static SortedMap<CallId, Double> canonical(
    Collection<CallId> documents,
    Collection<Vote> votes
  ) {
    return inOrder(documents, votes.stream().sorted().toList());
  }

  private static void play(Vote vote, Map<CallId, Double> ratings) {
    Double first = ratings.get(vote.first());
    Double second = ratings.get(vote.second());
    if (first != null && second != null) {
      double gain = K * (outcome(vote) - expected(first, second));
      ratings.put(vote.first(), first + gain);
      ratings.put(vote.second(), second - gain);
    }
  }

  private static double outcome(Vote vote) {
    CallId winner = vote.winner();
    return winner == null ? 0.5 : winner.equals(vote.first()) ? 1 : 0;
  }

  private static double expected(double rating, double other) {
    return 1 / (1 + StrictMath.pow(10, (other - rating) / POINTS_FOR_TENFOLD_ODDS));
  }
}
