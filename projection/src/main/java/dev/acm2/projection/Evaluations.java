package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.evaluation.Aggregation;
import dev.acm2.evaluation.DocumentScore;
import dev.acm2.evaluation.Ranking;
import dev.acm2.evaluation.Winner;
import dev.acm2.projection.SourceView.Comparison;
import dev.acm2.projection.SourceView.Document;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the judges of a run have said so far, and what follows from it.
///
/// A function of the calls as they stand: no counter and no order of arrival is in it, so the same calls
/// give the same views, to the last bit.
public final class Evaluations {

  private static final Aggregation NOTHING_SCORED = new Aggregation(List.of(), List.of(), null);

  private Evaluations() {}

  /// One view for each source document, in the order of the specification.
  ///
  /// @param calls of the run, in any order; those of other runs are left out
  public static List<SourceView> of(RunId runId, RunSpec spec, Collection<CallView> calls) {
    return spec
      .documents()
      .stream()
      .map(source -> {
        List<CallView> about = calls
          .stream()
          .filter(call -> call.runId().equals(runId) && source.name().equals(call.document()))
          .toList();
        return source(runId, spec, source.name(), Anew.counting(about));
      })
      .toList();
  }

  private static SourceView source(RunId runId, RunSpec spec, String name, List<CallView> calls) {
    List<Document> documents = new SourceDocuments(spec, calls).all();
    Aggregation scores = scores(spec, documents);
    List<CallId> best = scores
      .documents()
      .stream()
      .map(score -> score.document())
      .toList();
    SourceVotes votes = new SourceVotes(
      spec,
      calls,
      documents.stream().map(Document::docId).collect(Collectors.toSet())
    );
    Comparison pairwise = votes.of(Phase.PAIRWISE, best);
    Comparison post = votes.of(Phase.POST_COMBINE, order(best, pairwise, documents));
    return new SourceView(
      runId,
      name,
      documents
        .stream()
        .map(document -> document.scored(score(scores, document)))
        .toList(),
      scores.documents(),
      scores.judges(),
      scores.agreement(),
      pairwise,
      post,
      Winner.of(ranking(post), ranking(pairwise), scores.documents())
    );
  }

  private static Aggregation scores(RunSpec spec, List<Document> documents) {
    RunSpec.Evaluation evaluation = spec.evaluation();
    if (evaluation == null) {
      return NOTHING_SCORED;
    }
    return Aggregation.of(
      evaluation.rubric(),
      documents
        .stream()
        .filter(document -> document.phase() == Phase.GENERATION)
        .map(Document::docId)
        .toList(),
      documents.stream().flatMap(SourceDocuments::sheets).toList(),
      evaluation.judges().size() * evaluation.iterations()
    );
  }

  private static @Nullable DocumentScore score(Aggregation scores, Document document) {
    return scores
      .documents()
      .stream()
      .filter(score -> score.document().equals(document.docId()))
      .findFirst()
      .orElse(null);
  }

  /// Documents as they are preferred in a draw after combining: as they stood before, then the new ones.
  private static List<CallId> order(
    List<CallId> best,
    @Nullable Comparison pairwise,
    List<Document> documents
  ) {
    Ranking ranking = ranking(pairwise);
    Stream<CallId> compared =
      ranking == null ? Stream.of() : ranking.rows().stream().map(Ranking.Row::document);
    return Stream.of(compared, best.stream(), documents.stream().map(Document::docId))
      .flatMap(ids -> ids)
      .filter(Objects::nonNull)
      .distinct()
      .toList();
  }

  private static @Nullable Ranking ranking(@Nullable Comparison comparison) {
    return comparison == null ? null : comparison.ranking();
  }
}
