package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// One judge's answer to one comparison.
///
/// Votes have a natural order, the canonical one: by iteration, judge, pair, order of presentation,
/// winner. It is total, so votes that arrive in any order can be put into the same one.
///
/// @param first the document that was shown first
/// @param second the document that was shown second
/// @param winner one of the two, null for a tie
/// @param iteration 1 or more
public record Vote(
  CallId first,
  CallId second,
  @Nullable CallId winner,
  ModelId judge,
  int iteration
) implements Comparable<Vote> {
  private static final Comparator<Vote> CANONICAL = Comparator.comparingInt(Vote::iteration)
    .thenComparing(Vote::judge)
    .thenComparing(Vote::lower)
    .thenComparing(Vote::upper)
    .thenComparing(Vote::first)
    .thenComparing(Vote::winner, Comparator.nullsFirst(Comparator.naturalOrder()));

  /// @throws IllegalArgumentException when a document is compared with itself or a third one wins
  public Vote {
    if (first.equals(second)) {
      throw new IllegalArgumentException("a document cannot be compared with itself: " + first);
    }
    if (winner != null && !winner.equals(first) && !winner.equals(second)) {
      throw new IllegalArgumentException(winner + " was not among " + first + " and " + second);
    }
  }

  @Override
  public int compareTo(Vote other) {
    return CANONICAL.compare(this, other);
  }

  private CallId lower() {
    return first.compareTo(second) < 0 ? first : second;
  }

  private CallId upper() {
    return first.compareTo(second) < 0 ? second : first;
  }
}
