package dev.acm2.standalone.pipeline;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.projection.RunStats;
import dev.acm2.projection.RunView;
import dev.acm2.projection.SourceView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs whose best four documents of each source are compared and whose best two are combined.
final class JudgedRuns {

  private JudgedRuns() {}

  /// A submission with judges.
  ///
  /// @param written what is generated
  static Map<String, Object> judged(Map<String, Object> written, List<String> judges) {
    Map<String, Object> run = new HashMap<>(written);
    run.put(
      "evaluation",
      Map.of(
        "judges",
        judges
          .stream()
          .map(judge -> Map.of("model", judge))
          .toList(),
        "pairwise",
        Map.of("topN", 4),
        "seed",
        7
      )
    );
    run.put("combine", Map.of("models", List.of(Map.of("model", "openai:gpt-5"))));
    return run;
  }

  static SourceView.Document document(SourceView source, CallId docId) {
    return source
      .documents()
      .stream()
      .filter(each -> each.docId().equals(docId))
      .findFirst()
      .orElseThrow();
  }

  static RunStats stats(RunView run, Phase phase) {
    return run.byPhase().getOrDefault(phase, RunStats.NONE);
  }
}
