package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The frozen specification of a run: every value that decides anything is in it, none is implied.
///
/// @param evaluation null when nothing is judged
/// @param combine null when nothing is combined
/// @param reuse documents that another run has written and that this one judges instead of its own; null
///     for a run that writes them
public record RunSpec(
  String name,
  List<Document> documents,
  ArtifactRef instructions,
  Generation generation,
  Limits limits,
  @Nullable Evaluation evaluation,
  @Nullable Combine combine,
  @Nullable Reuse reuse
) {
  public RunSpec(
    String name,
    List<Document> documents,
    ArtifactRef instructions,
    Generation generation,
    Limits limits,
    @Nullable Evaluation evaluation,
    @Nullable Combine combine
  ) {
    this(name, documents, instructions, generation, limits, evaluation, combine, null);
  }

  public RunSpec(
    String name,
    List<Document> documents,
    ArtifactRef instructions,
    Generation generation,
    Limits limits
  ) {
    this(name, documents, instructions, generation, limits, null, null, null);
  }

  public RunSpec withLimits(Limits other) {
    return new RunSpec(
      name,
      documents,
      instructions,
      generation,
      other,
      evaluation,
      combine,
      reuse
    );
  }

  /// A source document.
  public record Document(String name, ArtifactRef artifact) {}

  /// The generation phase: every document, times every model, times its iterations.
  public record Generation(List<Author> models) {}

  /// A model that writes documents.
  ///
  /// @param iterations how often each document is sent to it
  public record Author(
    ModelId model,
    int iterations,
    int maxOutputTokens,
    Demand grounding,
    Demand reasoning
  ) {}

  /// How the documents are judged.
  ///
  /// @param judging the rubric and the rules of comparison as a stored [Judging]
  /// @param iterations how often each judge answers the same question
  /// @param pairwise null for scores only
  /// @param seed of everything that is drawn: orders of presentation, samples of the intervals
  public record Evaluation(
    Rubric rubric,
    ArtifactRef judging,
    List<Judge> judges,
    int iterations,
    @Nullable Pairwise pairwise,
    long seed
  ) {}

  /// A model that judges.
  public record Judge(ModelId model, int maxOutputTokens, Demand reasoning) {}

  /// Comparison of the best documents of each source with each other.
  ///
  /// @param topN how many of them, by score; 2 or more
  /// @param ties whether a judge may prefer neither
  /// @param earlyStop whether the comparison ends when the first place is settled
  public record Pairwise(int topN, Order order, boolean ties, boolean earlyStop) {}

  /// In which order two documents are shown to a judge.
  public enum Order {
    /// Each pair twice, once in either order.
    BOTH,
    /// Each pair once, each order as often as the other.
    BALANCED,
  }

  /// How the best two documents of each source become one.
  public record Combine(ArtifactRef instructions, List<Author> models) {}

  /// What the generation phase takes over instead of sending requests. A call without an output here is
  /// skipped.
  ///
  /// @param run that wrote the documents
  public record Reuse(RunId run, List<Reused> outputs) {}

  /// A written document, in place of the call of the generation phase that would write it.
  ///
  /// @param document name of the source
  /// @param output what is judged
  /// @param preview as in [CallResult.Document]
  /// @param suspicions as in [CallResult.Document], of the output; of a long list only the first
  /// @param original the text as it was written, when its suspicious passages were masked in the output;
  ///     else null
  /// @param earlierScore what the other run's judges gave to the text as it was written, on their scale;
  ///     null when it is not known
  public record Reused(
    String document,
    ModelId model,
    int iteration,
    ArtifactRef output,
    String preview,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Suspicion> suspicions,
    @Nullable ArtifactRef original,
    @Nullable Double earlierScore
  ) {
    public Reused {
      suspicions = Objects.requireNonNullElse(suspicions, List.of());
    }

    public Reused(
      String document,
      ModelId model,
      int iteration,
      ArtifactRef output,
      String preview
    ) {
      this(document, model, iteration, output, preview, List.of(), null, null);
    }
  }

  /// Whether a capability of a model is switched on, and whether its evidence is due.
  public enum Demand {
    OFF,
    ALLOWED,
    REQUIRED,
  }
}
