package dev.acm2.testkit;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.Limits;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Author;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.RunSpec.Document;
import dev.acm2.contract.Usd;
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

  private static ArtifactRef text(String content) {
    return ArtifactRef.of(content.getBytes(StandardCharsets.UTF_8), "text/markdown");
  }
}
