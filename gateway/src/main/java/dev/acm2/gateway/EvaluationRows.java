package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.projection.SourceView;
import dev.acm2.projection.SourceView.Ballot;
import dev.acm2.projection.SourceView.Comparison;
import dev.acm2.projection.SourceView.Document;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What judges said, one row each, in the order of the views. Pure.
final class EvaluationRows {

  private EvaluationRows() {}

  static List<ScoreRow> scores(List<SourceView> sources) {
    return sources.stream().flatMap(EvaluationRows::scores).toList();
  }

  static List<VoteRow> votes(List<SourceView> sources) {
    return sources
      .stream()
      .flatMap(source ->
        Stream.concat(
          votes(source, Phase.PAIRWISE, source.pairwise()),
          votes(source, Phase.POST_COMBINE, source.postCombine())
        )
      )
      .toList();
  }

  /// @param document null for every document
  /// @param judge null for every judge
  static List<ScoreRow> scores(
    List<SourceView> sources,
    @Nullable CallId document,
    @Nullable ModelId judge
  ) {
    return scores(sources)
      .stream()
      .filter(row -> document == null || row.document().equals(document))
      .filter(row -> judge == null || row.judge().equals(judge))
      .toList();
  }

  /// @param document null for every document, else one of the two that were compared
  /// @param judge null for every judge
  static List<VoteRow> votes(
    List<SourceView> sources,
    @Nullable CallId document,
    @Nullable ModelId judge
  ) {
    return votes(sources)
      .stream()
      .filter(
        row -> document == null || row.first().equals(document) || row.second().equals(document)
      )
      .filter(row -> judge == null || row.judge().equals(judge))
      .toList();
  }

  private static Stream<ScoreRow> scores(SourceView source) {
    return source
      .documents()
      .stream()
      .flatMap(document -> scores(source.document(), document));
  }

  private static Stream<ScoreRow> scores(String source, Document document) {
    return document
      .sheets()
      .stream()
      .flatMap(sheet ->
        sheet
          .scores()
          .stream()
          .map(score ->
            new ScoreRow(
              source,
              document.docId(),
              document.model(),
              document.iteration(),
              sheet.judge(),
              sheet.iteration(),
              score.criterion(),
              score.score(),
              score.reason(),
              sheet.callId()
            )
          )
      );
  }

  private static Stream<VoteRow> votes(
    SourceView source,
    Phase phase,
    @Nullable Comparison comparison
  ) {
    return comparison == null
      ? Stream.of()
      : comparison
          .votes()
          .stream()
          .map(ballot -> vote(source.document(), phase, ballot));
  }

  private static VoteRow vote(String source, Phase phase, Ballot ballot) {
    return new VoteRow(
      source,
      phase,
      ballot.first(),
      ballot.second(),
      ballot.judge(),
      ballot.iteration(),
      ballot.winner(),
      ballot.reason(),
      ballot.callId()
    );
  }
}
