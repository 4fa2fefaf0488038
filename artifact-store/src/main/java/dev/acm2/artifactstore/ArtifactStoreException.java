package dev.acm2.artifactstore;

/// The store could not be reached or refused to work.
public final class ArtifactStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ArtifactStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
