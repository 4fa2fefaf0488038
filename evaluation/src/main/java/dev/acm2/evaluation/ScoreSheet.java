package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.ModelId;
import java.util.Comparator;
import java.util.List;

/// One judge's scores of one document. Its natural order is by document, judge, iteration.
///
/// @param iteration 1 or more
/// @param scores at most one a criterion; a criterion that is not there has no score, which is not
///     0
public record ScoreSheet(
  CallId document,
  ModelId judge,
  int iteration,
  List<Score> scores
) implements Comparable<ScoreSheet> {
  private static final Comparator<ScoreSheet> CANONICAL = Comparator.comparing(ScoreSheet::document)
    .thenComparing(ScoreSheet::judge)
    .thenComparingInt(ScoreSheet::iteration);

  @Override
  public int compareTo(ScoreSheet other) {
    return CANONICAL.compare(this, other);
  }
}
