package dev.acm2.gateway;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
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
import dev.acm2.projection.Evaluations;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.projection.SourceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Composes the submission of a run that judges what a finished run has written. The same tables and the
/// same request give the same bytes, so an Idempotency-Key counts as with any submission.
final class ReEvaluations {

  private static final String REMARK = " (evaluated again)";
  private static final int NAME_LENGTH = 200;

  private final RunQueries queries;
  private final RunReads reads;
  private final Texts texts;

  ReEvaluations(RunQueries queries, RunReads reads, Texts texts) {
    this.queries = queries;
    this.reads = reads;
    this.texts = texts;
  }

  /// @throws ProblemException run-not-found; run-state when the run has not finished or has no document;
  ///     validation when it is to be judged as before and was not judged
  byte[] submission(RunId runId, ReEvaluationRequest request) {
    RunRows rows = reads.await(runId, () -> queries.rows(runId));
    if (rows.run().status() != RunStatus.FINISHED) {
      throw ProblemException.notFinished();
    }
    RunSpec spec = Objects.requireNonNull(rows.run().spec());
    List<Reused> outputs = outputs(rows, spec);
    if (outputs.isEmpty()) {
      throw ProblemException.nothingWritten();
    }
    boolean asBefore = request.evaluation() == null;
    FrozenEvaluation before = new FrozenEvaluation(spec, texts);
    return ContractJson.EVENTS.writeValueAsBytes(
      new RunSubmission(
        request.name() == null ? remarked(spec.name()) : request.name(),
        some(spec.documents().stream().map(ReEvaluations::document)),
        texts.of(spec.instructions()),
        new Generation(some(spec.generation().models().stream().map(ReEvaluations::author))),
        request.limits(),
        asBefore ? before.evaluation() : request.evaluation(),
        asBefore && request.combine() == null ? before.combine() : request.combine(),
        new Reuse(runId.toString(), some(outputs.stream()), request.maskSuspicions())
      )
    );
  }

  private static List<Reused> outputs(RunRows rows, RunSpec spec) {
    return Evaluations.of(rows.run().runId(), spec, rows.calls())
      .stream()
      .flatMap(source ->
        source
          .documents()
          .stream()
          .filter(document -> document.phase() == Phase.GENERATION)
          .map(document -> output(source, document))
      )
      .toList();
  }

  /// The text as it was written, and what it was given as that: where passages were masked for the judges of
  /// the finished run, these did not see it, and what is known is what an earlier run's judges gave to it.
  private static Reused output(SourceView source, SourceView.Document document) {
    ArtifactRef original = document.original();
    return new Reused(
      source.document(),
      document.model().toString(),
      document.iteration(),
      (original == null ? document.output() : original).sha256(),
      original == null ? score(source, document.docId()) : document.earlierScore()
    );
  }

  private static @Nullable Double score(SourceView source, CallId document) {
    return source
      .scores()
      .stream()
      .filter(score -> score.document().equals(document))
      .findFirst()
      .map(score -> score.mean())
      .orElse(null);
  }

  static <T> List<@Nullable T> some(Stream<T> items) {
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

  static Author author(RunSpec.Author author) {
    return new Author(
      author.model().toString(),
      author.iterations(),
      author.maxOutputTokens(),
      author.grounding(),
      author.reasoning()
    );
  }
}
