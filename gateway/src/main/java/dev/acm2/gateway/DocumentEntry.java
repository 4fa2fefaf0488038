package dev.acm2.gateway;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.evaluation.Winner;
import dev.acm2.projection.CallView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document in the index of an archive.
///
/// @param file where it is in the archive
/// @param phase GENERATION or COMBINE
/// @param source name of the source document
/// @param madeFrom ids of the documents that were combined, the better one first; else empty
/// @param wonBy what made it the winner of its source; null when it is not
record DocumentEntry(
  String file,
  CallId docId,
  @Nullable Phase phase,
  @Nullable String source,
  @Nullable ModelId model,
  int iteration,
  List<String> madeFrom,
  Winner.@Nullable By wonBy,
  ArtifactRef artifact
) {
  static DocumentEntry of(String file, CallView call, ArtifactRef output, @Nullable Winner won) {
    return new DocumentEntry(
      file,
      call.callId(),
      call.phase(),
      call.document(),
      call.model(),
      call.iteration(),
      CallRow.subjects(call),
      won == null ? null : won.by(),
      output
    );
  }
}
