package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Rubric;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the scores of a source's documents add up to. The same sheets give the same result to the
/// last bit, in whatever order they arrive.
///
/// @param documents the best first; equal means in the order of their ids, documents without a
///     score last
/// @param judges every judge that gave a sheet, in the order of their names
/// @param agreement of the judges, where a value is a judge's mean over its iterations for one
///     document and criterion, on the scale of the rubric's first criterion; null where it is not
///     defined
public record Aggregation(
  List<DocumentScore> documents,
  List<JudgeDeviation> judges,
  @Nullable Agreement agreement
) {
  private static final Comparator<DocumentScore> BEST_FIRST = Comparator.comparing(
    DocumentScore::mean,
    Comparator.nullsLast(Comparator.reverseOrder())
  ).thenComparing(DocumentScore::document);

  /// @param documents those that are to be scored; sheets of others are left out
  /// @param expectedSheets judges times iterations: how many sheets each document is to get
  public static Aggregation of(
    Rubric rubric,
    Collection<CallId> documents,
    Collection<ScoreSheet> sheets,
    int expectedSheets
  ) {
    Set<CallId> known = new HashSet<>(documents);
    List<ScoreSheet> sorted = sheets
      .stream()
      .filter(sheet -> known.contains(sheet.document()))
      .sorted()
      .toList();
    ScoreCells cells = ScoreCells.of(rubric, sorted);
    return new Aggregation(
      known
        .stream()
        .map(document -> DocumentScore.of(document, rubric, of(document, sorted), expectedSheets))
        .sorted(BEST_FIRST)
        .toList(),
      sorted.stream().map(ScoreSheet::judge).distinct().sorted().map(cells::deviation).toList(),
      Agreement.of(cells.units()).orElse(null)
    );
  }

  private static List<ScoreSheet> of(CallId document, List<ScoreSheet> sheets) {
    return sheets
      .stream()
      .filter(sheet -> sheet.document().equals(document))
      .toList();
  }
}
