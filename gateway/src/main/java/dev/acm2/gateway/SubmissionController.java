package dev.acm2.gateway;

import dev.acm2.contract.RunSubmission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Asking for a run, and what it would need.
@RestController
@RequestMapping("/api/v1/runs")
final class SubmissionController {

  private final Orchestrator orchestrator;
  private final Estimates estimates;

  SubmissionController(Orchestrator orchestrator, Estimates estimates) {
    this.orchestrator = orchestrator;
    this.estimates = estimates;
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
  @RunAcceptedAnswer
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> submit(
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    return orchestrator.forward(HttpMethod.POST, "/api/v1/runs", headers, body);
  }

  @Operation(
    operationId = "estimateRun",
    summary = "What a run would cost and how long it would take; nothing is stored or started",
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = RunSubmission.class)
      )
    )
  )
  @ApiResponse(
    responseCode = "200",
    description = "The estimate",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = RunEstimate.class)
    )
  )
  @PostMapping(path = "/estimate", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> estimate(
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    ResponseEntity<byte[]> plan = orchestrator.forward(
      HttpMethod.POST,
      "/api/v1/runs/estimate",
      headers,
      body
    );
    return plan.getStatusCode().is2xxSuccessful() ? estimates.of(plan) : plan;
  }
}
