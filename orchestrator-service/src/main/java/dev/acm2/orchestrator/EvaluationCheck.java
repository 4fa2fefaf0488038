package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNullElse;

import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Author;
import dev.acm2.contract.RunSubmission.Criterion;
import dev.acm2.contract.RunSubmission.Evaluation;
import dev.acm2.contract.RunSubmission.Judge;
import dev.acm2.contract.RunSubmission.Pairwise;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks what a submission says about judging and combining; the first thing that is wrong is thrown as
/// a [Problem] that names the field.
record EvaluationCheck(KnownModels models) {
  static final int MAX_JUDGES = 20;
  static final int MAX_CRITERIA = 50;
  static final int MAX_COMPARED = 20;

  private static final int MAX_ITERATIONS = 20;
  private static final int MAX_DESCRIPTION = 2000;
  private static final int SCALE_END = 1000;
  private static final int WEIGHT_DECIMALS = 6;
  private static final BigDecimal MAX_WEIGHT = BigDecimal.valueOf(1_000_000);

  /// @param documents of each source that the generation phase asks for
  void check(RunSubmission run, long documents) {
    Evaluation evaluation = run.evaluation();
    if (evaluation != null) {
      checkJudges(evaluation.judges());
      between("evaluation.iterations", evaluation.iterations(), 1, MAX_ITERATIONS);
      checkRubric(evaluation.rubric());
      checkPairwise(evaluation.pairwise(), documents);
    }
    if (run.combine() != null) {
      checkCombine(run.combine(), evaluation);
    }
  }

  /// Calls of the later phases for each source, of a submission that was checked.
  ///
  /// @param documents of each source that the generation phase asks for
  static long callsOfSource(RunSubmission run, long documents) {
    Evaluation evaluation = run.evaluation();
    if (evaluation == null) {
      return 0;
    }
    long questions =
      (long) requireNonNullElse(evaluation.judges(), List.of()).size() *
      requireNonNullElse(evaluation.iterations(), 1);
    Pairwise pairwise = evaluation.pairwise();
    if (pairwise == null) {
      return documents * questions;
    }
    long orders = pairwise.order() == Order.BALANCED ? 1 : 2;
    long slots = Math.min(documents, requireNonNullElse(pairwise.topN(), EvaluationFreezer.TOP));
    long combiners =
      run.combine() == null ? 0 : requireNonNullElse(run.combine().models(), List.of()).size();
    long finals = combiners == 0 ? 0 : ((combiners + 2) * (combiners + 1)) / 2;
    long comparisons = (slots * (slots - 1)) / 2 + finals;
    return documents * questions + comparisons * orders * questions + combiners;
  }

  private void checkJudges(@Nullable List<@Nullable Judge> judges) {
    String field = "evaluation.judges";
    List<Judge> given = items(field, judges, MAX_JUDGES, "judge");
    distinct(field, given, Judge::model, ".model");
    for (int i = 0; i < given.size(); i++) {
      Judge judge = given.get(i);
      checkModel(field + "[" + i + "]", judge.model(), judge.maxOutputTokens());
    }
  }

  private void checkModel(String field, @Nullable String name, @Nullable Integer tokens) {
    String text = Texts.required(field + ".model", name);
    Model model = models
      .find(text)
      .orElseThrow(() ->
        Problem.invalid(
          "unknown-model",
          field + ".model",
          text + " is not known; known are: " + models.list()
        )
      );
    between(field + ".maxOutputTokens", tokens, 1, model.maxOutputTokens());
  }

  private static void checkRubric(RunSubmission.@Nullable Rubric rubric) {
    if (rubric == null) {
      return;
    }
    if (rubric.name() != null) {
      name("evaluation.rubric.name", rubric.name());
    }
    between("evaluation.rubric.version", rubric.version(), 1, Integer.MAX_VALUE);
    String field = "evaluation.rubric.criteria";
    List<Criterion> criteria = items(field, rubric.criteria(), MAX_CRITERIA, "criterion");
    distinct(field, criteria, Criterion::name, ".name");
    for (int i = 0; i < criteria.size(); i++) {
      checkCriterion(field + "[" + i + "]", criteria.get(i));
    }
  }

  private static void checkCriterion(String field, Criterion criterion) {
    name(field + ".name", criterion.name());
    String description = Texts.required(field + ".description", criterion.description());
    if (description.length() > MAX_DESCRIPTION) {
      throw invalid(field + ".description", "is longer than " + MAX_DESCRIPTION + " characters");
    }
    checkWeight(field + ".weight", criterion.weight());
    between(field + ".min", criterion.min(), -SCALE_END, SCALE_END);
    between(field + ".max", criterion.max(), -SCALE_END, SCALE_END);
    int min = requireNonNullElse(criterion.min(), EvaluationFreezer.MIN_SCORE);
    if (requireNonNullElse(criterion.max(), EvaluationFreezer.MAX_SCORE) <= min) {
      throw invalid(field + ".max", "must be above min");
    }
  }

  private static void checkWeight(String field, @Nullable BigDecimal weight) {
    if (weight == null) {
      throw invalid(field, "is required");
    }
    boolean fine =
      weight.signum() > 0 && weight.compareTo(MAX_WEIGHT) <= 0 && weight.scale() <= WEIGHT_DECIMALS;
    if (!fine) {
      throw invalid(field, "must be above 0 and at most 1000000, with at most 6 decimals");
    }
  }

  private static void checkPairwise(@Nullable Pairwise pairwise, long documents) {
    if (pairwise == null) {
      return;
    }
    between("evaluation.pairwise.topN", pairwise.topN(), 2, MAX_COMPARED);
    if (documents < 2) {
      throw invalid("evaluation.pairwise", "needs at least two documents of each source");
    }
  }

  private void checkCombine(RunSubmission.Combine combine, @Nullable Evaluation evaluation) {
    if (evaluation == null || evaluation.pairwise() == null) {
      throw invalid("combine", "needs evaluation.pairwise, which finds the documents to combine");
    }
    if (combine.instructions() != null) {
      Texts.required("combine.instructions", combine.instructions());
    }
    String field = "combine.models";
    List<Author> authors = items(field, combine.models(), MAX_COMPARED - 2, "model");
    distinct(field, authors, Author::model, ".model");
    for (int i = 0; i < authors.size(); i++) {
      Author author = authors.get(i);
      checkModel(field + "[" + i + "]", author.model(), author.maxOutputTokens());
      between(field + "[" + i + "].iterations", author.iterations(), 1, 1);
    }
  }

  private static void name(String field, @Nullable String text) {
    if (Texts.required(field, text).length() > Texts.NAME_LENGTH) {
      throw invalid(field, "is longer than 200 characters");
    }
  }

  private static <T> List<T> items(
    String field,
    @Nullable List<@Nullable T> given,
    int most,
    String what
  ) {
    if (given == null || given.isEmpty()) {
      throw invalid(field, "needs at least one " + what);
    }
    if (given.size() > most) {
      throw Problem.invalid(
        "run-too-large",
        field,
        field + " has " + given.size() + " entries; at most " + most + " are possible"
      );
    }
    int missing = given.indexOf(null);
    if (missing >= 0) {
      throw invalid(field + "[" + missing + "]", "is null");
    }
    return List.copyOf(given);
  }

  private static <T> void distinct(
    String field,
    List<T> items,
    Function<T, @Nullable String> key,
    String suffix
  ) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String name = key.apply(items.get(i));
      if (name != null && !known.add(name)) {
        throw Problem.invalid(
          "duplicate-name",
          field + "[" + i + "]" + suffix,
          name + " is listed twice"
        );
      }
    }
  }

  private static void between(String field, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw invalid(field, "must be " + least + " to " + most + ", not " + value);
    }
  }

  private static Problem invalid(String field, String what) {
    return Problem.invalid("validation", field, field + " " + what);
  }
}
