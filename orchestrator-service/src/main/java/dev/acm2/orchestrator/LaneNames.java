package dev.acm2.orchestrator;

import dev.acm2.contract.ModelId;
import java.util.Set;

/// Which lane the calls to a model go through: the model's own when one is configured, else the
/// provider's.
///
/// @param configured providers, and models as `provider:model`
record LaneNames(Set<String> configured) {
  String of(ModelId model) {
    String own = model.toString();
    return configured.contains(own) ? own : model.provider();
  }

  /// Whether a call to the model can ever leave its lane.
  boolean serve(ModelId model) {
    return configured.contains(of(model));
  }
}
