package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.provider.Arrived;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Stores what a call sends and gets. Every method returns after the content is durable and throws
/// `ArtifactStoreException` when it cannot be.
final class CallFiles {

  private final ArtifactStore artifacts;

  CallFiles(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  CallArtifact request(WorkItem item, int attempt, byte[] body) {
    ArtifactRef ref = artifacts.put(body, "application/json");
    return new CallArtifact(Role.REQUEST, item.epoch(), attempt, ref);
  }

  /// Empty when not a byte of the body had arrived.
  Optional<CallArtifact> response(WorkItem item, int attempt, Arrived arrived) {
    if (arrived.body().length == 0) {
      return Optional.empty();
    }
    ArtifactRef ref = artifacts.put(arrived.body(), arrived.mediaType());
    return Optional.of(new CallArtifact(Role.RESPONSE, item.epoch(), attempt, ref));
  }

  CallArtifact output(WorkItem item, int attempt, String text) {
    ArtifactRef ref = artifacts.put(text.getBytes(StandardCharsets.UTF_8), "text/markdown");
    return new CallArtifact(Role.OUTPUT, item.epoch(), attempt, ref);
  }
}
