package dev.acm2.testkit;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Artifacts in memory, for tests.
public final class InMemoryArtifactStore implements ArtifactStore {

  private final Map<String, Artifact> artifacts = new ConcurrentHashMap<>();

  @Override
  public ArtifactRef put(byte[] content, String mediaType) {
    ArtifactRef ref = ArtifactRef.of(content, mediaType);
    artifacts.putIfAbsent(ref.sha256(), new Artifact(ref, content.clone()));
    return ref;
  }

  public ArtifactRef putText(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8), "text/markdown");
  }

  @Override
  public Optional<Artifact> find(String sha256) {
    return Optional.ofNullable(artifacts.get(sha256));
  }

  public String text(ArtifactRef ref) {
    byte[] content = find(ref.sha256()).orElseThrow().content();
    return new String(content, StandardCharsets.UTF_8);
  }

  public int size() {
    return artifacts.size();
  }
}
