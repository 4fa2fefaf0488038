package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Judging;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.RunSubmission;
import dev.acm2.evaluation.CombinePrompt;
import dev.acm2.evaluation.StandardRubric;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes what a checked submission says about judging and combining a specification in which every value
/// is set, and stores what prompts refer to.
///
/// @param store by whose reference a text or JSON is found later
record EvaluationFreezer(KnownModels models, Defaults defaults, Documents store) {
  static final int MIN_SCORE = 1;
  static final int MAX_SCORE = 5;

  /// How many documents of each source are compared by default.
  static final int TOP = 4;

  private static final int VERDICT_TOKENS = 8000;

  /// @param seed for one that was not given
  RunSpec.@Nullable Evaluation evaluation(RunSubmission.@Nullable Evaluation asked, long seed) {
    if (asked == null) {
      return null;
    }
    Rubric rubric = rubric(asked.rubric());
    RunSpec.Pairwise pairwise = pairwise(asked.pairwise());
    Judging judging = new Judging(rubric, pairwise != null && pairwise.ties());
    return new RunSpec.Evaluation(
      rubric,
      store.storeJson(ContractJson.EVENTS.writeValueAsBytes(judging)),
      requireNonNull(asked.judges())
        .stream()
        .map(judge -> judge(requireNonNull(judge)))
        .toList(),
      requireNonNullElse(asked.iterations(), 1),
      pairwise,
      requireNonNullElse(asked.seed(), seed)
    );
  }

  RunSpec.@Nullable Combine combine(RunSubmission.@Nullable Combine asked) {
    if (asked == null) {
      return null;
    }
    String text = requireNonNullElse(asked.instructions(), CombinePrompt.STANDARD_INSTRUCTIONS);
    ArtifactRef instructions = store.storeText(text);
    return new RunSpec.Combine(
      instructions,
      requireNonNull(asked.models())
        .stream()
        .map(author -> author(requireNonNull(author)))
        .toList()
    );
  }

  private static Rubric rubric(RunSubmission.@Nullable Rubric asked) {
    if (asked == null) {
      return StandardRubric.RUBRIC;
    }
    List<Rubric.Criterion> criteria = requireNonNull(asked.criteria())
      .stream()
      .map(Objects::requireNonNull)
      .map(criterion ->
        new Rubric.Criterion(
          requireNonNull(criterion.name()),
          requireNonNull(criterion.description()),
          requireNonNull(criterion.weight()),
          requireNonNullElse(criterion.min(), MIN_SCORE),
          requireNonNullElse(criterion.max(), MAX_SCORE)
        )
      )
      .toList();
    return new Rubric(
      requireNonNullElse(asked.name(), "Own rubric"),
      requireNonNullElse(asked.version(), 1),
      criteria
    );
  }

  private static RunSpec.@Nullable Pairwise pairwise(RunSubmission.@Nullable Pairwise asked) {
    return asked == null
      ? null
      : new RunSpec.Pairwise(
          requireNonNullElse(asked.topN(), TOP),
          requireNonNullElse(asked.order(), RunSpec.Order.BOTH),
          requireNonNullElse(asked.ties(), true),
          requireNonNullElse(asked.earlyStop(), false)
        );
  }

  private RunSpec.Judge judge(RunSubmission.Judge asked) {
    String id = requireNonNull(asked.model());
    return new RunSpec.Judge(
      ModelId.parse(id),
      requireNonNullElse(asked.maxOutputTokens(), tokens(id, VERDICT_TOKENS)),
      requireNonNullElse(asked.reasoning(), Demand.OFF)
    );
  }

  private RunSpec.Author author(RunSubmission.Author asked) {
    String id = requireNonNull(asked.model());
    return new RunSpec.Author(
      ModelId.parse(id),
      1,
      requireNonNullElse(asked.maxOutputTokens(), tokens(id, defaults.maxOutputTokens())),
      requireNonNullElse(asked.grounding(), defaults.grounding()),
      requireNonNullElse(asked.reasoning(), defaults.reasoning())
    );
  }

  private int tokens(String model, int standard) {
    return Math.min(standard, models.find(model).orElseThrow().maxOutputTokens());
  }
}
