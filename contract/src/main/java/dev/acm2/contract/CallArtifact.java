package dev.acm2.contract;

/// A stored content that belongs to one attempt of a call.
public record CallArtifact(Role role, int epoch, int attempt, ArtifactRef ref) {
  /// What the content is.
  public enum Role {
    /// The request body as it was sent.
    REQUEST,
    /// What had arrived of the response, whole or not.
    RESPONSE,
    /// The document that the call was made for.
    OUTPUT,
  }
}
