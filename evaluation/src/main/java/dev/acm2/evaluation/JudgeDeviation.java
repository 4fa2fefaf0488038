package dev.acm2.evaluation;

import dev.acm2.contract.ModelId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much more (or, below 0, less) a judge gives than all judges together give to the same
/// document on the same criterion. Only what at least two judges have scored is compared.
///
/// @param mean weighted mean over the criteria, on the scale of the rubric's first criterion; null
///     where nothing can be compared
/// @param scores scores of this judge that were compared
/// @param criteria in the order of the rubric, every criterion
public record JudgeDeviation(
  ModelId judge,
  @Nullable Double mean,
  int scores,
  List<CriterionDeviation> criteria
) {
  /// @param mean mean of score minus the mean of all judges' scores in the same place, on the
  ///     criterion's own scale; null where nothing can be compared
  public record CriterionDeviation(String criterion, @Nullable Double mean, int scores) {}
}
