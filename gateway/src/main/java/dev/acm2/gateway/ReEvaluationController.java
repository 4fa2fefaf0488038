package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Other criteria or judges on the stored documents of a finished run.
@RestController
@RequestMapping("/api/v1/runs/{id}")
final class ReEvaluationController {

  private final ReEvaluations evaluations;
  private final Orchestrator orchestrator;

  ReEvaluationController(ReEvaluations evaluations, Orchestrator orchestrator) {
    this.evaluations = evaluations;
    this.orchestrator = orchestrator;
  }

  @Operation(
    operationId = "reEvaluateRun",
    summary = "Asks for a run that judges what a finished run has written, without generating again",
    parameters = @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      schema = @Schema(type = "string")
    ),
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = ReEvaluationRequest.class)
      )
    )
  )
  @RunAcceptedAnswer
  @PostMapping(path = "/re-evaluate", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> reEvaluate(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    RunId runId = Ids.run(id);
    ReEvaluationRequest request = Bodies.read(body, ReEvaluationRequest.class);
    byte[] submission = evaluations.submission(runId, request);
    return orchestrator.forward(HttpMethod.POST, "/api/v1/runs", headers, submission);
  }
}
