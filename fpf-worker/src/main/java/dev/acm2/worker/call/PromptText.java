package dev.acm2.worker.call;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.Prompt;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The text that a model reads: the instructions, a blank line, the inputs in their order with a
/// blank line between them.
final class PromptText {

  private static final String BLANK_LINE = "\n\n";

  private final ArtifactStore artifacts;

  PromptText(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /// A part of the prompt is missing or is no text.
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

  String of(Prompt prompt) {
    return Stream.concat(Stream.of(prompt.instructions()), prompt.inputs().stream())
      .map(this::text)
      .collect(Collectors.joining(BLANK_LINE));
  }

  private String text(ArtifactRef ref) {
    byte[] content = artifacts
      .find(ref.sha256())
      .orElseThrow(() -> new UnreadableException("artifact " + ref.sha256() + " is missing", null))
      .content();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("artifact " + ref.sha256() + " is no UTF-8 text", e);
    }
  }
}
