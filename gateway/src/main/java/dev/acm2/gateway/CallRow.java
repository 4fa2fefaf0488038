package dev.acm2.gateway;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.CallView.LastError;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One call, flat.
///
/// @param document name of the source document
/// @param model the model that is asked
/// @param judge the same of a call that judges, else null
/// @param first id of the document that is judged, or of the first of a pair; else null
/// @param second id of the other document of a pair, else null
/// @param attempts requests that were sent, of all epochs
/// @param retries how often an attempt was followed by another
/// @param errorActive whether the error is that of the latest attempt; null without an error
/// @param requests digests of what was sent, in the order of the attempts, like the other two
/// @param version offset in the log of the last event that changed the call
record CallRow(
  CallId callId,
  @Nullable Phase phase,
  @Nullable String document,
  @Nullable ModelId model,
  int iteration,
  @Nullable ModelId judge,
  @Nullable String first,
  @Nullable String second,
  CallState state,
  int epoch,
  int attempt,
  int attempts,
  int retries,
  @Nullable Instant queuedAt,
  @Nullable Instant dispatchedAt,
  @Nullable Instant startedAt,
  @Nullable Instant deadlineAt,
  @Nullable Instant finishedAt,
  long inputTokens,
  long cachedTokens,
  long outputTokens,
  long reasoningTokens,
  Usd costUsd,
  @Nullable String errorKind,
  @Nullable String errorMessage,
  @Nullable Integer errorHttpStatus,
  @Nullable Boolean errorActive,
  @Nullable String workerId,
  List<String> requests,
  List<String> responses,
  List<String> outputs,
  long version
) {
  static CallRow of(CallView call) {
    LastError error = call.lastError();
    return new CallRow(
      call.callId(),
      call.phase(),
      call.document(),
      call.model(),
      call.iteration(),
      judges(call.phase()) ? call.model() : null,
      subject(call, 0),
      subject(call, 1),
      call.state(),
      call.epoch(),
      call.attempt(),
      call.attempts(),
      call.retries().size(),
      call.queuedAt(),
      call.dispatchedAt(),
      call.startedAt(),
      call.deadlineAt(),
      call.finishedAt(),
      call.usage().inputTokens(),
      call.usage().cachedTokens(),
      call.usage().outputTokens(),
      call.usage().reasoningTokens(),
      call.costUsd(),
      error == null ? null : error.kind(),
      error == null ? null : error.message(),
      error == null ? null : error.httpStatus(),
      error == null ? null : error.active(),
      call.workerId(),
      digests(call, Role.REQUEST),
      digests(call, Role.RESPONSE),
      outputs(call),
      call.version()
    );
  }

  private static boolean judges(@Nullable Phase phase) {
    return switch (phase) {
      case SINGLE_EVAL, PAIRWISE, POST_COMBINE -> true;
      case GENERATION, COMBINE -> false;
      case null -> false;
    };
  }

  /// Ids of the documents that the call is about: one, two, or none.
  static List<String> subjects(CallView call) {
    return call.subject() == null ? List.of() : List.of(call.subject().split(":", -1));
  }

  private static @Nullable String subject(CallView call, int index) {
    List<String> subjects = subjects(call);
    return index < subjects.size() ? subjects.get(index) : null;
  }

  private static List<String> digests(CallView call, Role role) {
    return digests(call.artifacts(), role).toList();
  }

  /// A document that was taken over belongs to no attempt.
  private static List<String> outputs(CallView call) {
    ArtifactRef output = call.output();
    return Stream.concat(
      digests(call.artifacts(), Role.OUTPUT),
      Stream.ofNullable(output == null ? null : output.sha256())
    )
      .distinct()
      .toList();
  }

  private static Stream<String> digests(List<CallArtifact> artifacts, Role role) {
    return artifacts
      .stream()
      .filter(artifact -> artifact.role() == role)
      .map(artifact -> artifact.ref().sha256());
  }
}
