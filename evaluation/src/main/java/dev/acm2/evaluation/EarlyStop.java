package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Asks the comparisons of a schedule in rounds, the most informative first, and ends when the
/// first place is settled.
///
/// It is settled when the 95 % intervals of the differences between the strongest document and
/// every other one lie above 0, and the best two have [#LEAST_VOTES] votes each. A comparison of
/// two documents of which neither was the strongest in at least 1 % of the samples is not asked
/// any more. The first round asks every pair once. Each further one asks half as many comparisons
/// as there are documents, those first where both documents may be the strongest (the product of
/// the shares of the samples in which they are, as in top-two Thompson sampling, Russo 2020) and
/// that were asked least; judges take turns. Where both orders of presentation are scheduled they
/// are asked together, so that a judge's leaning to one place cannot decide.
public final class EarlyStop {

  /// With fewer votes than this, chance agreement looks like certainty.
  public static final int LEAST_VOTES = 6;

  static final int SAMPLES = 400;

  private EarlyStop() {}

  /// What to ask next.
  ///
  /// @param settled whether the first place is settled; then there is nothing to ask
  /// @param asks empty also when what is left of the schedule could not change the first place, or
  ///     nothing is left
  public record Next(boolean settled, List<Ask> asks) {}

  /// The next round. Meant to be called when every comparison that was given out has ended; the
  /// same votes and the same set of comparisons give the same round, in whatever order they
  /// arrived.
  ///
  /// @param schedule all comparisons that were planned
  /// @param given the comparisons that were given out so far, with a vote or without
  /// @param votes what came of them
  /// @param seed of the samples
  public static Next next(
    List<Ask> schedule,
    Collection<Ask> given,
    Collection<Vote> votes,
    long seed
  ) {
    Set<CallId> documents = new HashSet<>();
    schedule.forEach(ask -> documents.addAll(List.of(ask.first(), ask.second())));
    Comparisons comparisons = Comparisons.of(documents, votes);
    Round round = new Round(comparisons.documents(), schedule, given);
    if (given.isEmpty() || comparisons.votes().isEmpty()) {
      return new Next(false, round.everyPairOnce());
    }
    double[] strengths = BradleyTerry.strengths(comparisons);
    Bootstrap bootstrap = Bootstrap.of(comparisons, strengths, seed, SAMPLES);
    if (isSettled(comparisons, strengths, bootstrap)) {
      return new Next(true, List.of());
    }
    return new Next(false, round.mostInformative(bootstrap.firstPlaces()));
  }

  private static boolean isSettled(
    Comparisons comparisons,
    double[] strengths,
    Bootstrap bootstrap
  ) {
    int first = Bootstrap.strongest(strengths);
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < strengths.length; i++) {
      if (i != first) {
        others.add(i);
      }
    }
    int second = others
      .stream()
      .reduce((best, other) -> strengths[other] > strengths[best] ? other : best)
      .orElse(first);
    WinTable wins = comparisons.wins();
    return (
      Math.min(wins.votes(first), wins.votes(second)) >= LEAST_VOTES &&
      others.stream().allMatch(other -> bootstrap.isAbove(first, other))
    );
  }
}
