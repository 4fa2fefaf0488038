package dev.acm2.orchestrator;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Reused;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The documents that a run takes over from another one, by the call that would write them.
record ReusedDocuments(Map<Place, Reused> outputs) {
  /// What names a call of the generation phase.
  record Place(String document, ModelId model, int iteration) {
    private static Place of(Reused reused) {
      return new Place(reused.document(), reused.model(), reused.iteration());
    }
  }

  static ReusedDocuments of(RunSpec.Reuse reuse) {
    return new ReusedDocuments(
      reuse.outputs().stream().collect(Collectors.toMap(Place::of, Function.identity()))
    );
  }

  /// Empty when the other run has no such document.
  Optional<Reused> find(PlannedCall call) {
    Place place = new Place(call.document(), call.author().model(), call.iteration());
    return Optional.ofNullable(outputs.get(place));
  }
}
