package dev.acm2.gateway;

import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.contract.RunSpec.Pairwise;
import dev.acm2.contract.RunSubmission;
import org.jspecify.annotations.Nullable;

/// How the documents of a run were judged, as somebody would ask for it again.
record FrozenEvaluation(RunSpec spec, Texts texts) {
  /// @throws ProblemException validation when nothing was judged
  RunSubmission.Evaluation evaluation() {
    Evaluation frozen = spec.evaluation();
    if (frozen == null) {
      throw ProblemException.invalidField(
        "evaluation",
        "is required: the finished run did not judge its documents"
      );
    }
    return new RunSubmission.Evaluation(
      new RunSubmission.Rubric(
        frozen.rubric().name(),
        frozen.rubric().version(),
        ReEvaluations.some(
          frozen
            .rubric()
            .criteria()
            .stream()
            .map(criterion ->
              new RunSubmission.Criterion(
                criterion.name(),
                criterion.description(),
                criterion.weight(),
                criterion.min(),
                criterion.max()
              )
            )
        )
      ),
      ReEvaluations.some(
        frozen
          .judges()
          .stream()
          .map(judge ->
            new RunSubmission.Judge(
              judge.model().toString(),
              judge.maxOutputTokens(),
              judge.reasoning()
            )
          )
      ),
      frozen.iterations(),
      pairwise(frozen.pairwise()),
      frozen.seed()
    );
  }

  private static RunSubmission.@Nullable Pairwise pairwise(@Nullable Pairwise frozen) {
    return frozen == null
      ? null
      : new RunSubmission.Pairwise(
          frozen.topN(),
          frozen.order(),
          frozen.ties(),
          frozen.earlyStop()
        );
  }

  /// @throws ProblemException artifact-not-found
  RunSubmission.@Nullable Combine combine() {
    RunSpec.Combine frozen = spec.combine();
    return frozen == null
      ? null
      : new RunSubmission.Combine(
          texts.of(frozen.instructions()),
          ReEvaluations.some(frozen.models().stream().map(ReEvaluations::author))
        );
  }
}
