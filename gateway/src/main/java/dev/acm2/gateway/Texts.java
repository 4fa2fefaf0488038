package dev.acm2.gateway;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import java.nio.charset.StandardCharsets;

/// Stored texts.
record Texts(ArtifactStore artifacts) {
  /// @throws ProblemException artifact-not-found
  String of(ArtifactRef stored) {
    return artifacts
      .find(stored.sha256())
      .map(artifact -> new String(artifact.content(), StandardCharsets.UTF_8))
      .orElseThrow(ProblemException::artifactNotFound);
  }
}
