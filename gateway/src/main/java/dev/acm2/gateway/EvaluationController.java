package dev.acm2.gateway;

import dev.acm2.artifactstore.ArtifactStore;
import dev.acm2.artifactstore.ArtifactStore.Artifact;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Documents that a run made, and what judges said of them.
@RestController
@RequestMapping("/api/v1/runs/{id}")
final class EvaluationController {

  private static final MediaType MARKDOWN = new MediaType(
    "text",
    "markdown",
    StandardCharsets.UTF_8
  );

  private final SourceReads sources;
  private final RunQueries queries;
  private final RunReads reads;
  private final ArtifactStore artifacts;

  EvaluationController(
    SourceReads sources,
    RunQueries queries,
    RunReads reads,
    ArtifactStore artifacts
  ) {
    this.sources = sources;
    this.queries = queries;
    this.reads = reads;
    this.artifacts = artifacts;
  }

  @Operation(
    operationId = "listSources",
    summary = "What became of every source document: documents, scores, rankings, the winner"
  )
  @GetMapping(path = "/sources", produces = MediaType.APPLICATION_JSON_VALUE)
  Sources sources(@PathVariable String id) {
    RunId runId = Ids.run(id);
    return reads.await(runId, () -> sources.of(runId));
  }

  @Operation(operationId = "getDocument", summary = "The text of a document that the run made")
  @ApiResponse(
    responseCode = "200",
    description = "The text",
    content = @Content(mediaType = "text/markdown", schema = @Schema(type = "string"))
  )
  @GetMapping("/documents/{docId}")
  ResponseEntity<byte[]> document(@PathVariable String id, @PathVariable String docId) {
    RunId runId = Ids.run(id);
    CallId call = Ids.call(docId);
    Artifact text = artifacts
      .find(output(runId, call).sha256())
      .orElseThrow(ProblemException::artifactNotFound);
    return Attachment.of(MARKDOWN, call + ".md").body(text.content());
  }

  @Operation(
    operationId = "listReasons",
    summary = "Why judges gave their scores and votes, of one document or judge or of all"
  )
  @GetMapping(path = "/reasons", produces = MediaType.APPLICATION_JSON_VALUE)
  Reasons reasons(
    @PathVariable String id,
    @RequestParam(required = false) @Nullable String document,
    @RequestParam(required = false) @Nullable String judge
  ) {
    RunId runId = Ids.run(id);
    @Nullable
    CallId about = document == null ? null : Ids.call(document);
    @Nullable
    ModelId by = judge == null ? null : Ids.model(judge);
    Sources all = reads.await(runId, () -> sources.of(runId));
    return new Reasons(
      all.asOf(),
      EvaluationRows.scores(all.items(), about, by),
      EvaluationRows.votes(all.items(), about, by)
    );
  }

  @Operation(operationId = "exportRun", summary = "Scores or votes of a run as a file")
  @ApiResponse(
    responseCode = "200",
    description = "One row for each score or vote",
    content = {
      @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
      @Content(mediaType = "application/json", schema = @Schema(type = "string")),
      @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
    }
  )
  @GetMapping("/export")
  ResponseEntity<byte[]> export(
    @PathVariable String id,
    @Parameter(
      schema = @Schema(type = "string", allowableValues = { "scores", "votes" })
    ) @RequestParam String what,
    @Parameter(
      schema = @Schema(type = "string", allowableValues = { "csv", "json", "jsonl" })
    ) @RequestParam(defaultValue = "csv") String format
  ) {
    RunId runId = Ids.run(id);
    Export export = Export.of(what, format);
    Sources all = reads.await(runId, () -> sources.of(runId));
    return Attachment.of(export.mediaType(), runId + "-" + export.fileName()).body(
      export.write(all)
    );
  }

  private ArtifactRef output(RunId runId, CallId callId) {
    CallView call = reads.await(runId, () -> queries.calls(runId, List.of(callId))).get(callId);
    ArtifactRef output = call == null ? null : call.output();
    if (output == null) {
      throw ProblemException.documentNotFound(callId);
    }
    return output;
  }
}
