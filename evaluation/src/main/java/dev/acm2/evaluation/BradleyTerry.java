package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Strengths of documents by the model of Bradley and Terry: a document wins a vote against
/// another with probability p / (p + other p). See [WinTable] for ties and for the prior.
///
/// Only documents that have a vote against another one of the given documents are in a result, and
/// only votes between the given documents count. The same votes give the same result to the last
/// bit, in whatever order they arrive.
public final class BradleyTerry {

  /// How many times the votes are drawn anew for an interval.
  public static final int SAMPLES = 1000;

  private static final double TOLERANCE = 1e-13;
  private static final double POINTS_PER_LOGARITHM =
    Elo.POINTS_FOR_TENFOLD_ODDS / StrictMath.log(10);

  private BradleyTerry() {}

  /// @param logStrength natural logarithm of p; the mean over the documents is 0
  /// @param low lower bound of the 95 % interval, on the same scale
  /// @param high upper bound of the 95 % interval, on the same scale
  public record Strength(double logStrength, double low, double high) {
    /// The strength on the scale of Elo: 1000 for the average, 400 points for odds of ten to one.
    public double rating() {
      return rating(logStrength);
    }

    public double lowRating() {
      return rating(low);
    }

    public double highRating() {
      return rating(high);
    }

    private static double rating(double logStrength) {
      return Precision.of(Elo.START + logStrength * POINTS_PER_LOGARITHM);
    }
  }

  /// The strengths alone, as natural logarithms with mean 0.
  public static SortedMap<CallId, Double> fit(
    Collection<CallId> documents,
    Collection<Vote> votes
  ) {
    Comparisons comparisons = compared(documents, votes);
    double[] strengths = strengths(comparisons);
    SortedMap<CallId, Double> result = new TreeMap<>();
    for (int i = 0; i < strengths.length; i++) {
      result.put(comparisons.documents().get(i), strengths[i]);
    }
    return result;
  }

  /// The strengths with 95 % intervals: percentiles of [#SAMPLES] fits to votes drawn anew with
  /// replacement. The same seed gives the same intervals.
  public static SortedMap<CallId, Strength> withIntervals(
    Collection<CallId> documents,
    Collection<Vote> votes,
    long seed
  ) {
    Comparisons comparisons = compared(documents, votes);
    double[] strengths = strengths(comparisons);
    Bootstrap bootstrap = Bootstrap.of(comparisons, strengths, seed, SAMPLES);
    SortedMap<CallId, Strength> result = new TreeMap<>();
    for (int i = 0; i < strengths.length; i++) {
      double[] interval = bootstrap.interval(i);
      result.put(
        comparisons.documents().get(i),
        new Strength(strengths[i], Precision.of(interval[0]), Precision.of(interval[1]))
      );
    }
    return result;
  }

  /// How many votes would have had to be given to the other document for the strongest document to
  /// be weaker than another one. Empty without votes. Found by changing, again and again, the vote
  /// that helps a rival most: exact where every pair was asked as often as every other one, else
  /// possibly a little high.
  public static OptionalInt votesToFlipFirst(Collection<CallId> documents, Collection<Vote> votes) {
    Comparisons comparisons = compared(documents, votes);
    return comparisons.votes().isEmpty()
      ? OptionalInt.empty()
      : new FlipCount(comparisons).fewest();
  }

  private static Comparisons compared(Collection<CallId> documents, Collection<Vote> votes) {
    Set<CallId> known = new HashSet<>(documents);
    List<Vote> between = votes
      .stream()
      .filter(vote -> known.contains(vote.first()) && known.contains(vote.second()))
      .toList();
    Set<CallId> compared = new HashSet<>();
    between.forEach(vote -> {
      compared.add(vote.first());
      compared.add(vote.second());
    });
    return Comparisons.of(compared, between);
  }

  static double[] strengths(Comparisons comparisons) {
    WinTable table = comparisons.wins();
    table.addPrior();
    return rounded(table.strengths(new double[comparisons.size()], TOLERANCE));
  }

  static double[] rounded(double[] strengths) {
    double[] rounded = new double[strengths.length];
    for (int i = 0; i < strengths.length; i++) {
      rounded[i] = Precision.of(strengths[i]);
    }
    return rounded;
  }
}
