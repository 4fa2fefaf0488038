package dev.acm2.orchestrator;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Combine;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.RunSpec.Evaluation;
import dev.acm2.contract.RunSpec.Judge;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.RunSpec.Pairwise;
import dev.acm2.testkit.Specs;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Specifications whose documents are judged.
final class EvaluatedSpecs {

  static final Rubric RUBRIC = new Rubric(
    "Two questions",
    1,
    List.of(
      new Rubric.Criterion("accuracy", "Is it right?", BigDecimal.valueOf(3), 1, 5),
      new Rubric.Criterion("style", "Is it readable?", BigDecimal.ONE, 1, 5)
    )
  );

  private EvaluatedSpecs() {}

  static ArtifactRef text(String content) {
    return ArtifactRef.of(content.getBytes(StandardCharsets.UTF_8), "text/markdown");
  }

  /// @param iterations of each of three authors
  static RunSpec of(
    int sources,
    int iterations,
    int judges,
    int judgeIterations,
    int topN,
    Order order,
    int combiners,
    boolean earlyStop
  ) {
    List<Author> authors = IntStream.rangeClosed(1, 3)
      .mapToObj(i -> author("openai:author-" + i, iterations))
      .toList();
    List<Judge> jury = IntStream.rangeClosed(1, judges)
      .mapToObj(i -> new Judge(ModelId.parse("google:judge-" + i), 4000, Demand.OFF))
      .toList();
    List<Author> combine = IntStream.rangeClosed(1, combiners)
      .mapToObj(i -> author("anthropic:combiner-" + i, 1))
      .toList();
    return new RunSpec(
      "judged",
      IntStream.rangeClosed(1, sources)
        .mapToObj(i -> new RunSpec.Document("doc-" + i + ".md", text("source " + i)))
        .toList(),
      text("Explain it."),
      new RunSpec.Generation(authors),
      Specs.limits(),
      new Evaluation(
        RUBRIC,
        text("judging"),
        jury,
        judgeIterations,
        topN == 0 ? null : new Pairwise(topN, order, true, earlyStop),
        7
      ),
      combiners == 0 ? null : new Combine(text("Combine them."), combine)
    );
  }

  private static Author author(String model, int iterations) {
    return new Author(ModelId.parse(model), iterations, 4000, Demand.OFF, Demand.OFF);
  }

  /// Prices of every model that these specifications name.
  static ModelCatalogue catalogue() {
    return new ModelCatalogue(
      LocalDate.EPOCH,
      "made up",
      Stream.of("openai", "google", "anthropic")
        .map(provider ->
          new ModelCatalogue.Model(
            new ModelId(provider, "*"),
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ONE,
            8000
          )
        )
        .toList()
    );
  }
}
