package dev.acm2.cli;

import dev.acm2.cli.Sources.Comparison;
import dev.acm2.cli.Sources.Document;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Documents of a source with their scores and with how they did in one comparison. Pure.
final class RankingTable {

  private static final String NONE = "-";
  private static final List<Column> COLUMNS = List.of(
    ofRow("RANK", row -> Integer.toString(row.rank())),
    column("DOCUMENT", (table, document) -> table.names.of(document)),
    column("ID", (_, document) -> DocumentNames.shortId(document)),
    ofScore("SCORE", score -> number("%.2f", score.mean())),
    whereThereIs("CHANGE", document -> number("%+.2f", document.scoreChange())),
    ofScore("SCORES", score -> score.scores() + " of " + score.expectedScores()),
    ofRow("W-L-T", row -> row.wins() + "-" + row.losses() + "-" + row.ties()),
    ofRow("ELO", row -> number("%.0f", row.elo())),
    ofRow("BRADLEY-TERRY", RankingTable::strength),
    whereThereIs("FLAGS", RankingTable::flags)
  );

  private final DocumentNames names;
  private final Map<String, Score> scores = new HashMap<>();
  private final Map<String, Row> compared = new HashMap<>();
  private final Map<String, Document> made = new HashMap<>();
  private final List<String> documents;

  private RankingTable(Source source, @Nullable Comparison comparison, Stream<String> others) {
    Ranking ranking = comparison == null ? new Ranking(List.of()) : comparison.ranking();
    names = new DocumentNames(source);
    source.scores().forEach(score -> scores.put(score.document(), score));
    source.documents().forEach(document -> made.put(document.docId(), document));
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
      .map(Document::docId);
  }

  private List<String> lines() {
    List<Column> shown = COLUMNS.stream().filter(this::isShown).toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(shown.stream().map(Column::title).toList());
    for (String document : documents) {
      rows.add(
        shown
          .stream()
          .map(column -> column.cell().apply(this, document))
          .toList()
      );
    }
    return Format.table(rows);
  }

  /// @param always whether it is there when it says nothing of any document
  private record Column(
    String title,
    boolean always,
    BiFunction<RankingTable, String, String> cell
  ) {}

  private boolean isShown(Column column) {
    return (
      column.always() ||
      documents.stream().anyMatch(document -> !column.cell().apply(this, document).equals(NONE))
    );
  }

  private static Column column(String title, BiFunction<RankingTable, String, String> cell) {
    return new Column(title, true, cell);
  }

  private static Column ofRow(String title, Function<Row, String> cell) {
    return column(title, (table, document) -> {
      Row row = table.compared.get(document);
      return row == null ? NONE : cell.apply(row);
    });
  }

  private static Column ofScore(String title, Function<Score, String> cell) {
    return column(title, (table, document) -> {
      Score score = table.scores.get(document);
      return score == null ? NONE : cell.apply(score);
    });
  }

  private static Column whereThereIs(String title, Function<Document, String> cell) {
    return new Column(title, false, (table, docId) -> {
      Document document = table.made.get(docId);
      return document == null ? NONE : cell.apply(document);
    });
  }

  private static String flags(Document document) {
    return document.flags().isEmpty()
      ? NONE
      : document
          .flags()
          .stream()
          .map(flag -> Format.line(flag.toLowerCase(Locale.ROOT).replace('_', ' ')))
          .collect(Collectors.joining(", "));
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
