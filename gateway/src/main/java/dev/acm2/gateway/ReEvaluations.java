package dev.acm2.gateway;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Author;
import dev.acm2.contract.RunSubmission.Document;
import dev.acm2.contract.RunSubmission.Generation;
import dev.acm2.contract.RunSubmission.Reuse;
import dev.acm2.contract.RunSubmission.Reused;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView.RunStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Composes the submission of a run that judges what a finished run has written. The same tables and the
/// same request give the same bytes, so an Idempotency-Key counts as with any submission.
final class ReEvaluations {

  private static final String REMARK = " (evaluated again)";
  private static final int NAME_LENGTH = 200;

  private final RunQueries queries;
  private final RunReads reads;
  private final ArtifactStore artifacts;

  ReEvaluations(RunQueries queries, RunReads reads, ArtifactStore artifacts) {
    this.queries = queries;
    this.reads = reads;
    this.artifacts = artifacts;
  }

  /// @throws ProblemException run-not-found; run-state when the run has not finished or has no document
  byte[] submission(RunId runId, ReEvaluationRequest request) {
    RunRows rows = reads.await(runId, () -> queries.rows(runId));
    if (rows.run().status() != RunStatus.FINISHED) {
      throw ProblemException.notFinished();
    }
    List<Reused> outputs = rows.calls().stream().flatMap(ReEvaluations::output).toList();
    if (outputs.isEmpty()) {
      throw ProblemException.nothingWritten();
    }
    RunSpec spec = Objects.requireNonNull(rows.run().spec());
    return ContractJson.EVENTS.writeValueAsBytes(
      new RunSubmission(
        request.name() == null ? remarked(spec.name()) : request.name(),
        some(spec.documents().stream().map(ReEvaluations::document)),
        text(spec.instructions()),
        new Generation(some(spec.generation().models().stream().map(ReEvaluations::author))),
        request.limits(),
        request.evaluation(),
        request.combine(),
        new Reuse(runId.toString(), some(outputs.stream()))
      )
    );
  }

  private static <T> List<@Nullable T> some(Stream<T> items) {
    List<@Nullable T> all = new ArrayList<>();
    items.forEach(all::add);
    return all;
  }

  private static String remarked(String name) {
    boolean fits = name.length() + REMARK.length() <= NAME_LENGTH && !name.endsWith(REMARK);
    return fits ? name + REMARK : name;
  }

  private static Document document(RunSpec.Document document) {
    return new Document(document.name(), null, document.artifact().sha256());
  }

  private static Author author(RunSpec.Author author) {
    return new Author(
      author.model().toString(),
      author.iterations(),
      author.maxOutputTokens(),
      author.grounding(),
      author.reasoning()
    );
  }

  private static Stream<Reused> output(CallView call) {
    ArtifactRef output = call.output();
    if (call.phase() != Phase.GENERATION || call.state() != CallState.OK || output == null) {
      return Stream.empty();
    }
    return Stream.of(
      new Reused(call.document(), String.valueOf(call.model()), call.iteration(), output.sha256())
    );
  }

  private String text(ArtifactRef stored) {
    return Optional.of(stored.sha256())
      .flatMap(artifacts::find)
      .map(artifact -> new String(artifact.content(), StandardCharsets.UTF_8))
      .orElseThrow(ProblemException::artifactNotFound);
  }
}
