package dev.acm2.standalone.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Run submissions as a client writes them.
final class Submissions {

  private Submissions() {}

  static Map<String, Object> run(
    int documents,
    int iterations,
    Map<String, ?> limits,
    String... models
  ) {
    List<Map<String, String>> sources = new ArrayList<>();
    for (int number = 1; number <= documents; number++) {
      sources.add(
        Map.of(
          "name",
          "doc-" + number + ".md",
          "content",
          "# Order " + number + "\n\nThe text of order " + number + "."
        )
      );
    }
    return run(sources, iterations, limits, models);
  }

  static Map<String, Object> run(
    List<Map<String, String>> documents,
    int iterations,
    Map<String, ?> limits,
    String... models
  ) {
    List<Map<String, Object>> authors = new ArrayList<>();
    for (String model : models) {
      authors.add(Map.of("model", model, "iterations", iterations, "maxOutputTokens", 1000));
    }
    Map<String, Object> submission = new HashMap<>();
    submission.put("name", "A run of the pipeline");
    submission.put("documents", documents);
    submission.put("instructions", "Summarise the order in two sentences.");
    submission.put("generation", Map.of("models", authors));
    submission.put("limits", limits);
    return submission;
  }
}
