package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.evaluation.Comparisons.Comparison;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plain counts of votes.
record Tally(List<CallId> documents, int[][] won, int[][] tied) {
  static Tally of(Collection<CallId> documents, Collection<Vote> votes) {
    Comparisons comparisons = Comparisons.of(documents, votes);
    int size = comparisons.size();
    Tally tally = new Tally(comparisons.documents(), new int[size][size], new int[size][size]);
    comparisons.votes().forEach(tally::add);
    return tally;
  }

  private void add(Comparison vote) {
    won[vote.better()][vote.worse()] += vote.tie() ? 0 : 1;
    tied[vote.better()][vote.worse()] += vote.tie() ? 1 : 0;
    tied[vote.worse()][vote.better()] += vote.tie() ? 1 : 0;
  }

  int wins(CallId document) {
    return row(won, documents.indexOf(document));
  }

  int losses(CallId document) {
    int column = documents.indexOf(document);
    int losses = 0;
    for (int[] row : won) {
      losses += row[column];
    }
    return losses;
  }

  int ties(CallId document) {
    return row(tied, documents.indexOf(document));
  }

  @Nullable
  Double winRate(CallId document) {
    int ties = ties(document);
    int votes = wins(document) + losses(document) + ties;
    return votes == 0 ? null : Precision.of((wins(document) + ties / 2.0) / votes);
  }

  int netWins(CallId document, CallId other) {
    int row = documents.indexOf(document);
    int column = documents.indexOf(other);
    return won[row][column] - won[column][row];
  }

  private static int row(int[][] counts, int index) {
    int sum = 0;
    for (int count : counts[index]) {
      sum += count;
    }
    return sum;
  }
}
