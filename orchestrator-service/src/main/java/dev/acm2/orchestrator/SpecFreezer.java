package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import java.util.List;

/// Makes a checked submission a specification in which every value is set.
record SpecFreezer(KnownModels models, Defaults defaults, Documents store) {
  /// Stores the contents, too.
  ///
  /// @param submission passed [SubmissionCheck]
  /// @param seed for one that was not given
  RunSpec freeze(RunSubmission submission, long seed) {
    EvaluationFreezer later = new EvaluationFreezer(models, defaults, store);
    List<RunSpec.Document> documents = store.store(submission);
    ArtifactRef instructions = store.storeText(requireNonNull(submission.instructions()));
    RunSubmission.Generation generation = requireNonNull(submission.generation());
    List<RunSpec.Author> authors = requireNonNull(generation.models())
      .stream()
      .map(author -> author(requireNonNull(author)))
      .toList();
    return new RunSpec(
      requireNonNull(submission.name()),
      documents,
      instructions,
      new RunSpec.Generation(authors),
      defaults.fill(submission.limits()),
      later.evaluation(submission.evaluation(), seed),
      later.combine(submission.combine()),
      new ReuseFreezer(store).reuse(submission.reuse())
    );
  }

  private RunSpec.Author author(RunSubmission.Author asked) {
    String id = requireNonNull(asked.model());
    Model model = models.find(id).orElseThrow();
    int tokens = Math.min(defaults.maxOutputTokens(), model.maxOutputTokens());
    return new RunSpec.Author(
      dev.acm2.contract.ModelId.parse(id),
      requireNonNullElse(asked.iterations(), defaults.iterations()),
      requireNonNullElse(asked.maxOutputTokens(), tokens),
      requireNonNullElse(asked.grounding(), defaults.grounding()),
      requireNonNullElse(asked.reasoning(), defaults.reasoning())
    );
  }
}
