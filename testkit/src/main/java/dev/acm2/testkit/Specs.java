package dev.acm2.testkit;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Judging;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Combine;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.RunSpec.Document;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.contract.RunSpec.Judge;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.RunSpec.Pairwise;
import dev.acm2.contract.Usd;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Frozen specifications for tests.
public final class Specs {

  public static final int MAX_OUTPUT_TOKENS = 1000;

  private Specs() {}

  public static Limits limits() {
    return new Limits(
      Duration.ofMinutes(1),
      Duration.ofSeconds(30),
      3,
      Duration.ofMinutes(10),
      Duration.ofHours(1),
      100_000,
      Usd.of("1000"),
      20,
      Limits.OnWorkerLost.RETRY_ONCE,
      Limits.Priority.NORMAL,
      1
    );
  }

  /// `documents` documents, each to every model, `iterations` times.
  public static RunSpec run(int documents, int iterations, String... models) {
    return run(documents, iterations, limits(), models);
  }

  public static RunSpec run(int documents, int iterations, Limits limits, String... models) {
    List<Document> sources = IntStream.rangeClosed(1, documents)
      .mapToObj(n -> new Document("doc-" + n + ".md", text("document " + n)))
      .toList();
    List<Author> authors = Arrays.stream(models)
      .map(model ->
        new Author(ModelId.parse(model), iterations, MAX_OUTPUT_TOKENS, Demand.OFF, Demand.OFF)
      )
      .toList();
    return new RunSpec(
      "A run for tests",
      sources,
      text("Summarise."),
      new RunSpec.Generation(authors),
      limits
    );
  }

  /// As [#run(int, int, String...)], judged by two judges, the best three compared and the best two
  /// combined by one model.
  public static RunSpec judged(int documents, int iterations, String... models) {
    return judged(documents, iterations, List.of("openai:gpt-5-mini", "anthropic:judge"), models);
  }

  /// @param judges models that judge, each once
  public static RunSpec judged(
    int documents,
    int iterations,
    List<String> judges,
    String... models
  ) {
    RunSpec run = run(documents, iterations, models);
    List<Judge> judging = judges
      .stream()
      .map(model -> new Judge(ModelId.parse(model), MAX_OUTPUT_TOKENS, Demand.OFF))
      .toList();
    Author combining = new Author(
      ModelId.parse("openai:gpt-5.1"),
      1,
      MAX_OUTPUT_TOKENS,
      Demand.OFF,
      Demand.OFF
    );
    return new RunSpec(
      run.name(),
      run.documents(),
      run.instructions(),
      run.generation(),
      run.limits(),
      new Evaluation(
        rubric(),
        judging(rubric(), true),
        judging,
        1,
        new Pairwise(3, Order.BOTH, true, false),
        42
      ),
      new Combine(text("Make one out of the two."), List.of(combining))
    );
  }

  /// Three criteria of different weights, from 1 to 5.
  public static Rubric rubric() {
    return new Rubric(
      "For tests",
      1,
      List.of(
        criterion("accuracy", "Is every statement true?", "3"),
        criterion("completeness", "Is everything in it?", "2"),
        criterion("clarity", "Is it easy to read?", "0.5")
      )
    );
  }

  private static Criterion criterion(String name, String question, String weight) {
    return new Criterion(name, question, new BigDecimal(weight), 1, 5);
  }

  private static ArtifactRef judging(Rubric rubric, boolean ties) {
    byte[] stored = ContractJson.EVENTS.writeValueAsBytes(new Judging(rubric, ties));
    return ArtifactRef.of(stored, "application/json");
  }

  private static ArtifactRef text(String content) {
    return ArtifactRef.of(content.getBytes(StandardCharsets.UTF_8), "text/markdown");
  }
}
