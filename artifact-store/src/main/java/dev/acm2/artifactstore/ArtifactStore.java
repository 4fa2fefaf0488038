package dev.acm2.artifactstore;

import dev.acm2.contract.ArtifactRef;
import java.util.Optional;

/// Keeps contents under their SHA-256. Storing is idempotent, and what was stored stays as it is.
/// Every method throws [ArtifactStoreException] when the store cannot be reached.
public interface ArtifactStore {
  /// Stores the content durably before it returns.
  ArtifactRef put(byte[] content, String mediaType);

  /// @param sha256 64 lower case hexadecimal digits
  Optional<Artifact> find(String sha256);

  /// A stored content.
  record Artifact(ArtifactRef ref, byte[] content) {}
}
