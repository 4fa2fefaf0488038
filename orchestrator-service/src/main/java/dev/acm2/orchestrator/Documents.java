package dev.acm2.orchestrator;

import static java.util.Objects.requireNonNull;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStore.Artifact;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Document;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Puts the contents of a submission into the artifact store, and finds those that are there already.
record Documents(ArtifactStore store) {
  private static final String MARKDOWN = "text/markdown";

  /// @param submission passed [SubmissionCheck]
  /// @throws Problem when a named artifact is missing or is no text
  List<RunSpec.Document> store(RunSubmission submission) {
    List<RunSpec.Document> stored = new ArrayList<>();
    for (Document document : requireNonNull(submission.documents())) {
      String field = "documents[" + stored.size() + "]";
      stored.add(store(field, requireNonNull(document)));
    }
    return List.copyOf(stored);
  }

  ArtifactRef storeText(String text) {
    return store.put(text.getBytes(StandardCharsets.UTF_8), MARKDOWN);
  }

  ArtifactRef storeJson(byte[] json) {
    return store.put(json, "application/json");
  }

  private RunSpec.Document store(String field, Document document) {
    String name = Texts.fileName(field + ".name", document.name());
    String content = document.content();
    ArtifactRef ref =
      content == null
        ? text(field + ".artifact", requireNonNull(document.artifact())).ref()
        : store.put(content.getBytes(StandardCharsets.UTF_8), mediaType(name));
    return new RunSpec.Document(name, ref);
  }

  /// A stored text.
  ///
  /// @throws Problem when there is none, or one that is empty, too large or no text
  Artifact text(String field, String sha256) {
    Artifact artifact = store
      .find(sha256)
      .orElseThrow(() ->
        Problem.invalid("unknown-artifact", field, "there is no artifact " + sha256)
      );
    byte[] content = artifact.content();
    if (content.length == 0) {
      throw Problem.invalid("empty-document", field, field + " is empty");
    }
    if (content.length > SubmissionCheck.MAX_DOCUMENT_BYTES) {
      throw Problem.invalid("document-too-large", field, field + " is larger than 5 MiB");
    }
    if (!isText(content)) {
      throw Problem.invalid("not-text", field, field + " is not text in UTF-8");
    }
    return artifact;
  }

  private static boolean isText(byte[] content) {
    try {
      return (
        StandardCharsets.UTF_8.newDecoder()
          .decode(ByteBuffer.wrap(content))
          .toString()
          .indexOf('\0') < 0
      );
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String mediaType(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".md") || lower.endsWith(".markdown") ? MARKDOWN : "text/plain";
  }
}
