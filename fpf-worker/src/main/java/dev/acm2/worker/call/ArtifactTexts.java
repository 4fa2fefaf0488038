package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Stored texts. Small ones are kept: all judges of a run read the same instructions and rubric.
final class ArtifactTexts {

  /// Larger texts are not kept, in bytes.
  static final int SMALL = 64 * 1024;
  static final int KEPT = 128;

  private final ArtifactStore artifacts;
  /// The longest unread one comes first.
  private final SequencedMap<String, String> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  ArtifactTexts(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /// A text is missing or is none.
  static final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String detail;

    UnreadableException(String detail, @Nullable Throwable cause) {
      super(detail, cause);
      this.detail = detail;
    }

    String detail() {
      return detail;
    }
  }

  /// @throws UnreadableException when it is not stored or is no UTF-8
  String text(ArtifactRef ref) {
    String known = known(ref);
    return known == null ? read(ref) : known;
  }

  private synchronized @Nullable String known(ArtifactRef ref) {
    return kept.get(ref.sha256());
  }

  private String read(ArtifactRef ref) {
    byte[] content = artifacts
      .find(ref.sha256())
      .orElseThrow(() -> new UnreadableException("artifact " + ref.sha256() + " is missing", null))
      .content();
    String text = decoded(ref, content);
    if (content.length <= SMALL) {
      keep(ref, text);
    }
    return text;
  }

  private static String decoded(ArtifactRef ref, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("artifact " + ref.sha256() + " is no UTF-8 text", e);
    }
  }

  private synchronized void keep(ArtifactRef ref, String text) {
    kept.put(ref.sha256(), text);
    if (kept.size() > KEPT) {
      kept.pollFirstEntry();
    }
  }

  synchronized int size() {
    return kept.size();
  }
}
