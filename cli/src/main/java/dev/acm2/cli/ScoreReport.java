package dev.acm2.cli;

import dev.acm2.cli.Sources.Bias;
import dev.acm2.cli.Sources.Comparison;
import dev.acm2.cli.Sources.Judge;
import dev.acm2.cli.Sources.Questions;
import dev.acm2.cli.Sources.Source;
import dev.acm2.cli.Sources.Winner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What judges said of the documents of one source, in lines. Pure.
final class ScoreReport {

  private static final int PERCENT = 100;

  private ScoreReport() {}

  static List<String> of(Source source) {
    List<String> lines = new ArrayList<>();
    lines.add(Format.line(source.document()));
    lines.add(winner(source));
    lines.add("");
    lines.add("before combining" + votes(source.pairwise()));
    lines.addAll(RankingTable.beforeCombining(source));
    if (source.postCombine() != null) {
      lines.add("");
      lines.add("after combining" + votes(source.postCombine()));
      lines.addAll(RankingTable.afterCombining(source));
    }
    lines.addAll(judges(source));
    lines.addAll(Suspicions.of(source));
    return lines;
  }

  private static String winner(Source source) {
    Winner winner = source.winner();
    return winner == null
      ? "winner: none, no judge has said anything"
      : "winner: %s  %s  %s".formatted(
          new DocumentNames(source).of(winner.document()),
          DocumentNames.shortId(winner.document()),
          Format.line(winner.reason())
        );
  }

  private static String votes(@Nullable Comparison comparison) {
    if (comparison == null) {
      return "";
    }
    Questions questions = comparison.questions();
    String settled = questions.settled() == 0 ? "" : ", " + questions.settled() + " not needed";
    return ": %d of %d votes%s".formatted(questions.answered(), questions.all(), settled);
  }

  private static List<String> judges(Source source) {
    List<String> lines = new ArrayList<>();
    if (!source.judges().isEmpty()) {
      lines.add("");
      lines.add(
        "judges' deviation: " + joined(source.judges().stream().map(ScoreReport::deviation))
      );
    }
    SequencedMap<String, Bias> biases = biases(source);
    if (!biases.isEmpty()) {
      lines.add("position bias: " + joined(biases.values().stream().map(ScoreReport::bias)));
    }
    return lines;
  }

  private static String joined(Stream<String> parts) {
    return parts.collect(Collectors.joining(", "));
  }

  private static String deviation(Judge judge) {
    Double mean = judge.mean();
    String shown = mean == null ? "-" : String.format(Locale.ROOT, "%+.2f", mean);
    return Format.line(judge.judge()) + " " + shown;
  }

  /// Of each judge over all comparisons of the source.
  private static SequencedMap<String, Bias> biases(Source source) {
    TreeMap<String, Bias> byJudge = new TreeMap<>();
    Stream.of(source.pairwise(), source.postCombine())
      .flatMap(comparison -> comparison == null ? Stream.of() : comparison.positionBias().stream())
      .forEach(bias -> byJudge.merge(bias.judge(), bias, Bias::plus));
    return byJudge;
  }

  private static String bias(Bias bias) {
    String judge = Format.line(bias.judge());
    if (bias.decided() == 0) {
      return judge + " -";
    }
    double lean = PERCENT * ((double) bias.firstWon() / bias.decided() - 0.5);
    return String.format(
      Locale.ROOT,
      "%s %+.1f %% (first shown won %d of %d)",
      judge,
      lean,
      bias.firstWon(),
      bias.decided()
    );
  }
}
