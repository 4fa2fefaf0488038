package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSubmission;
import dev.acm2.projection.CallState;
import dev.acm2.projection.RunView;
import dev.acm2.projection.RunView.RunStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Runs and calls.
@RestController
@RequestMapping("/api/v1/runs")
final class RunController {

  private final RunQueries queries;
  private final RunReads reads;
  private final Orchestrator orchestrator;
  private final Verifier verifier;

  RunController(RunQueries queries, RunReads reads, Orchestrator orchestrator, Verifier verifier) {
    this.queries = queries;
    this.reads = reads;
    this.orchestrator = orchestrator;
    this.verifier = verifier;
  }

  @Operation(operationId = "listRuns", summary = "Runs, newest first, without their specs")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  RunPage list(
    @RequestParam(defaultValue = "50") int limit,
    @RequestParam(required = false) @Nullable String cursor
  ) {
    return queries.runs(Ids.limit(limit), cursor == null ? null : Cursor.run(cursor));
  }

  @Operation(operationId = "getRun", summary = "One run with its spec")
  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  RunView get(@PathVariable String id) {
    RunId runId = Ids.run(id);
    return reads.await(runId, () -> queries.run(runId));
  }

  @Operation(operationId = "listCalls", summary = "The calls of a run in the order of their ids")
  @GetMapping(path = "/{id}/calls", produces = MediaType.APPLICATION_JSON_VALUE)
  CallPage calls(
    @PathVariable String id,
    @Parameter(schema = @Schema(implementation = CallState.class)) @RequestParam(
      required = false
    ) @Nullable String state,
    @RequestParam(defaultValue = "1000") int limit,
    @RequestParam(required = false) @Nullable String cursor
  ) {
    RunId runId = Ids.run(id);
    @Nullable
    CallState wanted = Ids.state(state);
    @Nullable
    CallId after = cursor == null ? null : Cursor.call(cursor);
    int most = Ids.limit(limit);
    return reads.await(runId, () -> queries.calls(runId, wanted, most, after));
  }

  @Operation(operationId = "verifyRun", summary = "Compares the tables of a run with its log")
  @PostMapping(path = "/{id}/verify", produces = MediaType.APPLICATION_JSON_VALUE)
  Verification verify(@PathVariable String id) {
    RunId runId = Ids.run(id);
    return verifier.verify(reads.await(runId, () -> queries.rows(runId)));
  }

  @Operation(
    operationId = "submitRun",
    summary = "Asks for a run",
    parameters = @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      schema = @Schema(type = "string")
    ),
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = RunSubmission.class)
      )
    )
  )
  @ApiResponse(
    responseCode = "201",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = RunAccepted.class)
    )
  )
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> submit(
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    return orchestrator.forward(
      HttpMethod.POST,
      "/api/v1/runs",
      headers,
      body == null ? new byte[0] : body
    );
  }

  @Operation(operationId = "cancelRun", summary = "Asks for the end of a run")
  @ApiResponse(
    responseCode = "202",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = CancelAccepted.class)
    )
  )
  @PostMapping("/{id}/cancel")
  ResponseEntity<byte[]> cancel(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body
  ) {
    RunId runId = Ids.run(id);
    Optional<RunView> run = queries.run(runId);
    if (run.isPresent() && run.get().status() == RunStatus.FINISHED) {
      throw ProblemException.runFinished();
    }
    // A run that the tables do not hold may have been accepted just now: the orchestrator knows.
    return orchestrator.forward(
      HttpMethod.POST,
      "/api/v1/runs/" + runId + "/cancel",
      headers,
      body == null ? new byte[0] : body
    );
  }
}
