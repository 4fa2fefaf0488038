package dev.acm2.contract;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as a user asks for it. What is left out is filled in once, when the run is requested, and
/// shown in the frozen [RunSpec]; nothing is validated here.
///
/// @param reuse documents of another run that are judged instead of being written again
public record RunSubmission(
  @Nullable String name,
  @Nullable List<@Nullable Document> documents,
  @Nullable String instructions,
  @Nullable Generation generation,
  @Nullable Limits limits,
  @Nullable Evaluation evaluation,
  @Nullable Combine combine,
  @Nullable Reuse reuse
) {
  public RunSubmission(
    @Nullable String name,
    @Nullable List<@Nullable Document> documents,
    @Nullable String instructions,
    @Nullable Generation generation,
    @Nullable Limits limits,
    @Nullable Evaluation evaluation,
    @Nullable Combine combine
  ) {
    this(name, documents, instructions, generation, limits, evaluation, combine, null);
  }

  /// A source document, by its text or by the digest of a stored artifact: exactly one of the two.
  public record Document(
    @Nullable String name,
    @Nullable String content,
    @Nullable String artifact
  ) {}

  public record Generation(@Nullable List<@Nullable Author> models) {}

  public record Author(
    @Nullable String model,
    @Nullable Integer iterations,
    @Nullable Integer maxOutputTokens,
    RunSpec.@Nullable Demand grounding,
    RunSpec.@Nullable Demand reasoning
  ) {}

  public record Evaluation(
    @Nullable Rubric rubric,
    @Nullable List<@Nullable Judge> judges,
    @Nullable Integer iterations,
    @Nullable Pairwise pairwise,
    @Nullable Long seed
  ) {}

  public record Rubric(
    @Nullable String name,
    @Nullable Integer version,
    @Nullable List<@Nullable Criterion> criteria
  ) {}

  public record Criterion(
    @Nullable String name,
    @Nullable String description,
    @Nullable BigDecimal weight,
    @Nullable Integer min,
    @Nullable Integer max
  ) {}

  public record Judge(
    @Nullable String model,
    @Nullable Integer maxOutputTokens,
    RunSpec.@Nullable Demand reasoning
  ) {}

  public record Pairwise(
    @Nullable Integer topN,
    RunSpec.@Nullable Order order,
    @Nullable Boolean ties,
    @Nullable Boolean earlyStop
  ) {}

  /// @param instructions what the combining model is told, null for the standard text
  public record Combine(@Nullable String instructions, @Nullable List<@Nullable Author> models) {}

  /// @param maskSuspicions whether passages that speak to the judge are masked before the documents are
  ///     judged
  public record Reuse(
    @Nullable String run,
    @Nullable List<@Nullable Reused> outputs,
    @Nullable Boolean maskSuspicions
  ) {
    public Reuse(@Nullable String run, @Nullable List<@Nullable Reused> outputs) {
      this(run, outputs, null);
    }
  }

  /// @param artifact digest of the stored text
  /// @param earlierScore as in [RunSpec.Reused]
  public record Reused(
    @Nullable String document,
    @Nullable String model,
    @Nullable Integer iteration,
    @Nullable String artifact,
    @Nullable Double earlierScore
  ) {
    public Reused(
      @Nullable String document,
      @Nullable String model,
      @Nullable Integer iteration,
      @Nullable String artifact
    ) {
      this(document, model, iteration, artifact, null);
    }
  }

  public record Limits(
    @Nullable Duration callDeadline,
    @Nullable Duration attemptTimeout,
    @Nullable Integer maxAttempts,
    @Nullable Duration queueTtl,
    @Nullable Duration runDeadline,
    @Nullable Integer maxPaidCalls,
    @Nullable BigDecimal maxCostUsd,
    @Nullable Integer concurrency,
    dev.acm2.contract.Limits.@Nullable OnWorkerLost onWorkerLost,
    dev.acm2.contract.Limits.@Nullable Priority priority,
    @Nullable Integer weight
  ) {}
}
