package dev.acm2.cli;

import dev.acm2.cli.Sources.Comparison;
import dev.acm2.cli.Sources.Ranking;
import dev.acm2.cli.Sources.Row;
import dev.acm2.cli.Sources.Score;
import dev.acm2.cli.Sources.Source;
import dev.acm2.contract.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Documents of a source with their scores and with how they did in one comparison. Pure.
final class RankingTable {

  private static final String NONE = "-";

  private final DocumentNames names;
  private final Map<String, Score> scores = new HashMap<>();
  private final Map<String, Row> compared = new HashMap<>();
  private final List<String> documents;

  private RankingTable(Source source, @Nullable Comparison comparison, Stream<String> others) {
    Ranking ranking = comparison == null ? new Ranking(List.of()) : comparison.ranking();
    names = new DocumentNames(source);
    source.scores().forEach(score -> scores.put(score.document(), score));
    ranking.rows().forEach(row -> compared.put(row.document(), row));
    documents = Stream.concat(ranking.rows().stream().map(Row::document), others)
      .distinct()
      .toList();
  }

  /// The generated documents: those that were compared by their rank, then the others by score.
  static List<String> beforeCombining(Source source) {
    Stream<String> scored = source.scores().stream().map(Score::document);
    Stream<String> others = Stream.concat(scored, made(source, Phase.GENERATION));
    return new RankingTable(source, source.pairwise(), others).lines();
  }

  /// The best of the generated documents and the combined ones.
  static List<String> afterCombining(Source source) {
    Stream<String> combined = made(source, Phase.COMBINE);
    return new RankingTable(source, source.postCombine(), combined).lines();
  }

  private static Stream<String> made(Source source, Phase phase) {
    return source
      .documents()
      .stream()
      .filter(document -> document.phase() == phase)
      .map(Sources.Document::docId);
  }

  private List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RANK", "DOCUMENT", "ID", "SCORE", "SCORES", "W-L-T", "ELO", "BRADLEY-TERRY"));
    documents.forEach(document -> rows.add(row(document)));
    return Format.table(rows);
  }

  private List<String> row(String document) {
    Score score = scores.get(document);
    Row row = compared.get(document);
    return List.of(
      row == null ? NONE : Integer.toString(row.rank()),
      names.of(document),
      DocumentNames.shortId(document),
      score == null ? NONE : number("%.2f", score.mean()),
      score == null ? NONE : score.scores() + " of " + score.expectedScores(),
      row == null ? NONE : row.wins() + "-" + row.losses() + "-" + row.ties(),
      row == null ? NONE : number("%.0f", row.elo()),
      row == null ? NONE : strength(row)
    );
  }

  private static String strength(Row row) {
    return row.bradleyTerry() == null
      ? NONE
      : "%s (%s to %s)".formatted(
          number("%.0f", row.bradleyTerry()),
          number("%.0f", row.low()),
          number("%.0f", row.high())
        );
  }

  private static String number(String form, @Nullable Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, form, value);
  }
}
