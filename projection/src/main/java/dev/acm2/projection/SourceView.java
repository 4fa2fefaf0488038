package dev.acm2.projection;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Suspicion;
import dev.acm2.contract.Usd;
import dev.acm2.evaluation.Agreement;
import dev.acm2.evaluation.DocumentScore;
import dev.acm2.evaluation.JudgeDeviation;
import dev.acm2.evaluation.PositionBias;
import dev.acm2.evaluation.Ranking;
import dev.acm2.evaluation.Winner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one source document in a run: the documents that were made of it, what judges said of
/// them, and which one is kept. Documents of different sources never compete.
///
/// @param document name of the source document
/// @param documents those that exist, the generated ones before the combined ones
/// @param scores of the generated documents, the best first; empty when nothing is judged
/// @param judges how far each judge is from all of them together
/// @param agreement of the judges; null where it is not defined
/// @param pairwise comparison of the best documents; null before it was planned
/// @param postCombine comparison of the best two and the combined ones; null before it was planned
/// @param winner as far as it is known now; null when nothing speaks for any document
public record SourceView(
  RunId runId,
  String document,
  List<Document> documents,
  List<DocumentScore> scores,
  List<JudgeDeviation> judges,
  @Nullable Agreement agreement,
  @Nullable Comparison pairwise,
  @Nullable Comparison postCombine,
  @Nullable Winner winner
) {
  /// A document that a call made.
  ///
  /// @param docId id of the call
  /// @param phase GENERATION or COMBINE
  /// @param madeFrom the documents that were combined, the better one first; else empty
  /// @param sheets what judges gave to it, by judge and iteration, with their reasons
  /// @param suspicions passages that speak to its judge: of the text as it was written, whether or not they
  ///     were masked for the judge
  /// @param original the text as it was written, when passages of it are masked in the output; else null
  /// @param earlierScore mean score in the run that wrote it, of a document that was taken over; null when
  ///     it is not known
  /// @param scoreChange mean score now less the earlier one; null while either is missing
  public record Document(
    CallId docId,
    Phase phase,
    ModelId model,
    int iteration,
    ArtifactRef output,
    @Nullable String preview,
    List<Flag> flags,
    List<CallId> madeFrom,
    List<Sheet> sheets,
    List<Suspicion> suspicions,
    @Nullable ArtifactRef original,
    @Nullable Double earlierScore,
    @Nullable Double scoreChange
  ) {
    Document scored(@Nullable DocumentScore score) {
      Double change = score == null || earlierScore == null ? null : score.changeFrom(earlierScore);
      return new Document(
        docId,
        phase,
        model,
        iteration,
        output,
        preview,
        flags,
        madeFrom,
        sheets,
        suspicions,
        original,
        earlierScore,
        change
      );
    }
  }

  /// What is to be known about a document before its scores are read.
  public enum Flag {
    /// A judge's answer about it is missing for good: it is scored by fewer answers than the others.
    SCORES_MISSING,
    /// Passages of it speak to its judge, and its judge reads them.
    INJECTION_SUSPECTED,
    /// Passages of it spoke to its judge: it is judged without them.
    INJECTION_MASKED,
  }

  /// One judge's scores of a document.
  ///
  /// @param callId of the judge's call
  public record Sheet(CallId callId, ModelId judge, int iteration, List<Score> scores) {}

  /// Documents that were compared with each other.
  ///
  /// @param ranking the best first, with wins, ratings, intervals and the matrix of net wins
  /// @param votes in their canonical order: by iteration, judge and pair
  /// @param positionBias how much each judge leans to what it was shown first
  public record Comparison(
    Questions questions,
    Ranking ranking,
    List<Ballot> votes,
    List<PositionBias> positionBias
  ) {}

  /// How many questions judges were to answer. open + answered + unanswered + settled are all of them.
  ///
  /// @param open may still be answered
  /// @param unanswered ended without an answer
  /// @param settled were not asked, since their answer could not change the first place
  /// @param savedUsd what the settled ones would have cost
  public record Questions(int open, int answered, int unanswered, int settled, Usd savedUsd) {}

  /// One judge's answer to one comparison.
  ///
  /// @param callId of the judge's call
  /// @param first the document that was shown first
  /// @param winner null for a tie
  public record Ballot(
    CallId callId,
    ModelId judge,
    int iteration,
    CallId first,
    CallId second,
    @Nullable CallId winner,
    String reason
  ) {}
}
