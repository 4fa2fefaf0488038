package dev.acm2.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call sends, each part by reference.
///
/// @param instructions what the model is told to do; for a judge, what the author was told to do
/// @param inputs generation: the source document; evaluation: the source document, then the documents
///     that are judged, in the order in which they are shown; combination: the instructions of the
///     authors, the source document, then the documents that are combined, the better one first
/// @param judging a stored [Judging], null where nothing is judged
public record Prompt(
  ArtifactRef instructions,
  List<ArtifactRef> inputs,
  @Nullable ArtifactRef judging
) {
  public Prompt(ArtifactRef instructions, List<ArtifactRef> inputs) {
    this(instructions, inputs, null);
  }
}
