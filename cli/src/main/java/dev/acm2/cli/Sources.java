package dev.acm2.cli;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command needs to know of the documents of a run and of what judges said of them, as the
/// gateway tells it.
record Sources(Run.AsOf asOf, List<Source> items) {
  /// What became of one source document.
  ///
  /// @param scores the best first; empty when nothing is judged
  /// @param pairwise null before it was planned
  /// @param postCombine null before it was planned
  /// @param winner null when nothing speaks for any document
  record Source(
    String document,
    List<Document> documents,
    List<Score> scores,
    List<Judge> judges,
    @Nullable Comparison pairwise,
    @Nullable Comparison postCombine,
    @Nullable Winner winner
  ) {}

  /// A document that the run made.
  ///
  /// @param flags what is to be known before its scores are read
  /// @param suspicions passages of it that speak to its judge
  /// @param original there when those passages are masked for the judge, else null
  /// @param scoreChange mean score less that of the run that wrote it; null where there is none
  record Document(
    String docId,
    Phase phase,
    String model,
    int iteration,
    List<String> flags,
    List<Suspicion> suspicions,
    @Nullable ArtifactRef original,
    @Nullable Double scoreChange
  ) {}

  /// @param mean null without any score
  record Score(String document, @Nullable Double mean, int scores, int expectedScores) {}

  /// How much more a judge gives than all judges together.
  ///
  /// @param mean null where nothing can be compared
  record Judge(String judge, @Nullable Double mean) {}

  record Comparison(Questions questions, Ranking ranking, List<Bias> positionBias) {}

  /// @param settled were not asked, since their answer could not change the first two places
  record Questions(int open, int answered, int unanswered, int settled) {
    int all() {
      return open + answered + unanswered + settled;
    }
  }

  /// @param rows the best first
  record Ranking(List<Row> rows) {}

  /// @param bradleyTerry null without a vote, as are the ends of its interval
  record Row(
    int rank,
    String document,
    int wins,
    int losses,
    int ties,
    double elo,
    @Nullable Double bradleyTerry,
    @Nullable Double low,
    @Nullable Double high
  ) {}

  /// How often a judge chose what it was shown first.
  ///
  /// @param decided votes with a winner
  record Bias(String judge, int decided, int firstWon) {
    Bias plus(Bias other) {
      return new Bias(judge, decided + other.decided, firstWon + other.firstWon);
    }
  }

  record Winner(String document, String reason) {}
}
