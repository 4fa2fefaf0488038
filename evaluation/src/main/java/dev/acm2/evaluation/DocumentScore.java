package dev.acm2.evaluation;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all judges together found in one document. Means go over the scores that are there; how
/// many of how many that are is told beside them.
///
/// @param mean weighted mean over the criteria of the means of their scores, on the scale of the
///     rubric's first criterion; null without any score
/// @param share the mean between the ends of the scale, 0 to 1; null without any score
/// @param spread sample standard deviation of the weighted means of the single sheets; null with
///     fewer than two sheets
/// @param sheets answers of judges that are there
/// @param expectedSheets judges times iterations
/// @param scores scores that are there
/// @param expectedScores expected sheets times criteria
/// @param criteria in the order of the rubric, every criterion
public record DocumentScore(
  CallId document,
  @Nullable Double mean,
  @Nullable Double share,
  @Nullable Double spread,
  int sheets,
  int expectedSheets,
  int scores,
  int expectedScores,
  List<CriterionScore> criteria
) {
  /// @param mean on the criterion's own scale, over judges and iterations; null without any score
  /// @param spread sample standard deviation of the scores, null with fewer than two
  public record CriterionScore(
    String criterion,
    @Nullable Double mean,
    @Nullable Double spread,
    int scores
  ) {}

  /// How much better the mean is than an earlier one; null without any score.
  public @Nullable Double changeFrom(double earlier) {
    return mean == null ? null : Precision.of(mean - earlier);
  }

  /// @param sheets those of this document
  static DocumentScore of(
    CallId document,
    Rubric rubric,
    Collection<ScoreSheet> sheets,
    int expectedSheets
  ) {
    CommonScale scale = CommonScale.of(rubric);
    List<CriterionScore> criteria = rubric
      .criteria()
      .stream()
      .map(criterion -> criterionScore(criterion, sheets))
      .toList();
    Double mean = mean(rubric, scale, criteria);
    List<Double> totals = sheets
      .stream()
      .flatMap(sheet -> total(rubric, scale, sheet))
      .toList();
    return new DocumentScore(
      document,
      mean,
      mean == null ? null : Precision.of(scale.share(mean)),
      Moments.of(totals).spread(),
      sheets.size(),
      expectedSheets,
      criteria.stream().mapToInt(CriterionScore::scores).sum(),
      expectedSheets * criteria.size(),
      criteria
    );
  }

  private static CriterionScore criterionScore(Criterion criterion, Collection<ScoreSheet> sheets) {
    Moments moments = Moments.of(
      sheets
        .stream()
        .flatMap(sheet -> scores(sheet, criterion))
        .toList()
    );
    return new CriterionScore(criterion.name(), moments.mean(), moments.spread(), moments.count());
  }

  private static @Nullable Double mean(
    Rubric rubric,
    CommonScale scale,
    List<CriterionScore> criteria
  ) {
    WeightedMean mean = new WeightedMean();
    for (int i = 0; i < criteria.size(); i++) {
      Criterion criterion = rubric.criteria().get(i);
      Double score = criteria.get(i).mean();
      mean.add(score == null ? null : scale.of(score, criterion), criterion);
    }
    return mean.value();
  }

  private static Stream<Double> total(Rubric rubric, CommonScale scale, ScoreSheet sheet) {
    List<CriterionScore> criteria = rubric
      .criteria()
      .stream()
      .map(criterion -> criterionScore(criterion, List.of(sheet)))
      .toList();
    return Stream.ofNullable(mean(rubric, scale, criteria));
  }

  static Stream<Double> scores(ScoreSheet sheet, Criterion criterion) {
    return sheet
      .scores()
      .stream()
      .filter(score -> score.criterion().equals(criterion.name()))
      .map(Score::score)
      .map(Integer::doubleValue);
  }
}
