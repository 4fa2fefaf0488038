package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import dev.acm2.evaluation.JudgeDeviation.CriterionDeviation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// All scores by the place that judges share: a document and a criterion.
record ScoreCells(Rubric rubric, List<Cell> cells) {
  /// The scores in one place, by judge, one an iteration.
  record Cell(Criterion criterion, SortedMap<ModelId, List<Double>> scores) {
    boolean isComparable() {
      return scores.size() > 1;
    }

    List<Double> deviations(ModelId judge) {
      double mean = mean(scores.values().stream().flatMap(List::stream).toList());
      return scores
        .getOrDefault(judge, List.of())
        .stream()
        .map(score -> score - mean)
        .toList();
    }

    List<Double> values(CommonScale scale) {
      return scores
        .values()
        .stream()
        .map(of -> scale.of(mean(of), criterion))
        .toList();
    }

    private static double mean(Collection<Double> scores) {
      return Objects.requireNonNull(Moments.of(scores).mean());
    }
  }

  /// @param sheets in their natural order
  static ScoreCells of(Rubric rubric, List<ScoreSheet> sheets) {
    List<Cell> cells = new ArrayList<>();
    for (CallId document : sheets.stream().map(ScoreSheet::document).distinct().toList()) {
      for (Criterion criterion : rubric.criteria()) {
        cells.add(cell(document, criterion, sheets));
      }
    }
    return new ScoreCells(rubric, cells);
  }

  private static Cell cell(CallId document, Criterion criterion, List<ScoreSheet> sheets) {
    SortedMap<ModelId, List<Double>> scores = new TreeMap<>();
    sheets
      .stream()
      .filter(sheet -> sheet.document().equals(document))
      .forEach(sheet ->
        DocumentScore.scores(sheet, criterion).forEach(score ->
          scores.computeIfAbsent(sheet.judge(), judge -> new ArrayList<>()).add(score)
        )
      );
    return new Cell(criterion, scores);
  }

  /// What judges valued together, each judge with one value.
  List<List<Double>> units() {
    CommonScale scale = CommonScale.of(rubric);
    return cells
      .stream()
      .map(cell -> cell.values(scale))
      .toList();
  }

  JudgeDeviation deviation(ModelId judge) {
    CommonScale scale = CommonScale.of(rubric);
    WeightedMean mean = new WeightedMean();
    List<CriterionDeviation> criteria = new ArrayList<>();
    for (Criterion criterion : rubric.criteria()) {
      CriterionDeviation deviation = deviation(judge, criterion);
      Double of = deviation.mean();
      mean.add(of == null ? null : scale.ofDifference(of, criterion), criterion);
      criteria.add(deviation);
    }
    int scores = criteria.stream().mapToInt(CriterionDeviation::scores).sum();
    return new JudgeDeviation(judge, mean.value(), scores, criteria);
  }

  private CriterionDeviation deviation(ModelId judge, Criterion criterion) {
    Moments moments = Moments.of(
      cells
        .stream()
        .filter(cell -> cell.criterion().equals(criterion) && cell.isComparable())
        .flatMap(cell -> cell.deviations(judge).stream())
        .toList()
    );
    return new CriterionDeviation(criterion.name(), moments.mean(), moments.count());
  }
}
