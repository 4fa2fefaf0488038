package dev.acm2.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a call stands in the plan of its run. Two calls of a run never share a place.
///
/// @param document name of the source document
/// @param model the model that is asked: the author, or the judge in the evaluation phases
/// @param iteration 1 or more
/// @param subject of a score: the call id of the document; of a comparison: the ranks of its two documents
///     with a colon between them, in the order in which they are shown; null where models write
public record CallPlace(
  Phase phase,
  String document,
  ModelId model,
  int iteration,
  @Nullable String subject
) {
  /// A place in the generation phase.
  public static CallPlace generation(String document, ModelId model, int iteration) {
    return new CallPlace(Phase.GENERATION, document, model, iteration, null);
  }

  List<String> parts(RunId runId) {
    return List.of(
      runId.toString(),
      phase.name(),
      document,
      model.toString(),
      Integer.toString(iteration),
      subject == null ? "" : subject
    );
  }
}
