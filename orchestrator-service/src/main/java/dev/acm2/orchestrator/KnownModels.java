package dev.acm2.orchestrator;

import dev.acm2.contract.ModelCatalogue;
import dev.acm2.contract.ModelCatalogue.Model;
import dev.acm2.contract.ModelId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The models that a run may ask for: those with a price that have a lane.
///
/// @param lanes the configured ones
record KnownModels(ModelCatalogue catalogue, Set<String> lanes) {
  private static final String ANY = "*";

  List<Model> all() {
    return catalogue
      .models()
      .stream()
      .filter(model -> new LaneNames(lanes).serve(model.model()))
      .toList();
  }

  Optional<Model> find(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      return Optional.empty();
    }
    ModelId id = ModelId.parse(text);
    boolean offered = new LaneNames(lanes).serve(id) && !id.model().equals(ANY);
    return offered ? catalogue.find(id) : Optional.empty();
  }

  /// For messages.
  String list() {
    return all()
      .stream()
      .map(model -> model.model().toString())
      .collect(Collectors.joining(", "));
  }
}
