package dev.acm2.contract;

import java.util.List;

/// The frozen specification of a run: every value that decides anything is in it, none is implied.
public record RunSpec(
  String name,
  List<Document> documents,
  ArtifactRef instructions,
  Generation generation,
  Limits limits
) {
  /// A source document.
  public record Document(String name, ArtifactRef artifact) {}

  /// The generation phase: every document, times every model, times its iterations.
  public record Generation(List<Author> models) {}

  /// A model that writes documents.
  ///
  /// @param iterations how often each document is sent to it
  public record Author(
    ModelId model,
    int iterations,
    int maxOutputTokens,
    Demand grounding,
    Demand reasoning
  ) {}

  /// Whether a capability of a model is switched on, and whether its evidence is due.
  public enum Demand {
    OFF,
    ALLOWED,
    REQUIRED,
  }
}
