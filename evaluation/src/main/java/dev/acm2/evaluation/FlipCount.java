package dev.acm2.evaluation;

import dev.acm2.evaluation.Comparisons.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts how many votes hold the first place.
final class FlipCount {

  private static final double TOLERANCE = 1e-10;

  private final Comparisons comparisons;
  private final double[] strengths;
  private final int first;

  FlipCount(Comparisons comparisons) {
    this.comparisons = comparisons;
    strengths = BradleyTerry.strengths(comparisons);
    first = Bootstrap.strongest(strengths);
  }

  OptionalInt fewest() {
    int fewest = comparisons.votes().size() + 1;
    for (int rival = 0; rival < strengths.length; rival++) {
      fewest = rival == first ? fewest : Math.min(fewest, fewest(rival, fewest));
    }
    return fewest > comparisons.votes().size() ? OptionalInt.empty() : OptionalInt.of(fewest);
  }

  /// @param limit as many or more are of no interest
  private int fewest(int rival, int limit) {
    List<Comparison> votes = new ArrayList<>(comparisons.votes());
    int flips = 0;
    while (flips < limit && lead(votes, rival) >= 0) {
      Flip best = best(votes, rival);
      if (best == null) {
        return limit;
      }
      votes = best.votes();
      flips++;
    }
    return flips;
  }

  private record Flip(List<Comparison> votes, double lead) {}

  private @Nullable Flip best(List<Comparison> votes, int rival) {
    Flip best = null;
    Set<Comparison> tried = new HashSet<>();
    for (int i = 0; i < votes.size(); i++) {
      Comparison vote = votes.get(i);
      Comparison flipped = flipped(vote, rival);
      if (!flipped.equals(vote) && tried.add(vote)) {
        List<Comparison> changed = new ArrayList<>(votes);
        changed.set(i, flipped);
        double lead = lead(changed, rival);
        best = best == null || lead < best.lead() ? new Flip(changed, lead) : best;
      }
    }
    return best;
  }

  /// The vote as it serves the rival best, or the same vote where it does so already.
  private Comparison flipped(Comparison vote, int rival) {
    if (vote.involves(rival)) {
      return wonBy(rival, vote);
    }
    return vote.involves(first) ? wonBy(vote.otherThan(first), vote) : vote;
  }

  private static Comparison wonBy(int winner, Comparison vote) {
    return vote.better() == winner && !vote.tie()
      ? vote
      : new Comparison(winner, vote.otherThan(winner), false);
  }

  private double lead(List<Comparison> votes, int rival) {
    WinTable table = new Comparisons(comparisons.documents(), votes).wins();
    table.addPrior();
    double[] now = BradleyTerry.rounded(table.strengths(strengths, TOLERANCE));
    return now[first] - now[rival];
  }
}
