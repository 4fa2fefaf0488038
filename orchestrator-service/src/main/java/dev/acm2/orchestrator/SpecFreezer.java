package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import java.util.List;

/// Makes a checked submission a specification in which every value is set.
record SpecFreezer(KnownModels models, Defaults defaults, Documents store) {
  /// A specification is one record of the log, which takes 1 MiB with all that is around it.
  private static final int MAX_BYTES = 950_000;

  /// Stores the contents, too.
  ///
  /// @param submission passed [SubmissionCheck]
  /// @param seed for one that was not given
  /// @throws Problem also when the specification is too large: of many documents that are taken over
  RunSpec freeze(RunSubmission submission, long seed) {
    EvaluationFreezer later = new EvaluationFreezer(models, defaults, store);
    List<RunSpec.Document> documents = store.store(submission);
    ArtifactRef instructions = store.storeText(requireNonNull(submission.instructions()));
    RunSubmission.Generation generation = requireNonNull(submission.generation());
    List<RunSpec.Author> authors = requireNonNull(generation.models())
      .stream()
      .map(author -> author(requireNonNull(author)))
      .toList();
    RunSpec spec = new RunSpec(
      requireNonNull(submission.name()),
      documents,
      instructions,
      new RunSpec.Generation(authors),
      defaults.fill(submission.limits()),
      later.evaluation(submission.evaluation(), seed),
      later.combine(submission.combine()),
      new ReuseFreezer(store).reuse(submission.reuse())
    );
    checkSize(spec);
    return spec;
  }

  private static void checkSize(RunSpec spec) {
    int size = ContractJson.EVENTS.writeValueAsBytes(spec).length;
    if (size > MAX_BYTES) {
      throw Problem.invalid(
        "run-too-large",
        spec.reuse() == null ? "documents" : "reuse.outputs",
        "the specification takes " + size + " bytes; at most " + MAX_BYTES + " can be stored"
      );
    }
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
