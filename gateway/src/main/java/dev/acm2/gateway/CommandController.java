package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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

/// What may be asked of a run that was accepted. The orchestrator writes each request to the log; those
/// that the tables show to be without effect are refused here.
@RestController
@RequestMapping("/api/v1/runs/{id}")
final class CommandController {

  private final CommandChecks checks;
  private final Orchestrator orchestrator;

  CommandController(CommandChecks checks, Orchestrator orchestrator) {
    this.checks = checks;
    this.orchestrator = orchestrator;
  }

  @Operation(operationId = "cancelRun", summary = "Asks for the end of a run")
  @ApiResponse(
    responseCode = "202",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = RunAsked.class)
    )
  )
  @PostMapping("/cancel")
  ResponseEntity<byte[]> cancel(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body
  ) {
    return ofUnfinished(Ids.run(id), "/cancel", headers, body);
  }

  @Operation(
    operationId = "pauseRun",
    summary = "Asks a run to hold: calls under way finish, no other one is started"
  )
  @ApiResponse(
    responseCode = "202",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = RunAsked.class)
    )
  )
  @PostMapping("/pause")
  ResponseEntity<byte[]> pause(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body
  ) {
    return ofUnfinished(Ids.run(id), "/pause", headers, body);
  }

  @Operation(operationId = "resumeRun", summary = "Asks a held run to go on")
  @ApiResponse(
    responseCode = "202",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = RunAsked.class)
    )
  )
  @PostMapping("/resume")
  ResponseEntity<byte[]> resume(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body
  ) {
    return ofUnfinished(Ids.run(id), "/resume", headers, body);
  }

  @Operation(
    operationId = "retryRun",
    summary = "Asks to run calls again that ended without success; what succeeded is kept",
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = RetryRequest.class)
      )
    )
  )
  @ApiResponse(
    responseCode = "202",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = RunAsked.class)
    )
  )
  @PostMapping(path = "/retry", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> retry(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    RunId runId = Ids.run(id);
    checks.retry(runId, body);
    return forward(runId, "/retry", headers, body);
  }

  @Operation(operationId = "cancelCall", summary = "Asks for the end of one call")
  @ApiResponse(
    responseCode = "202",
    description = "Accepted",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = CallAsked.class)
    )
  )
  @PostMapping("/calls/{callId}/cancel")
  ResponseEntity<byte[]> cancelCall(
    @PathVariable String id,
    @PathVariable String callId,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body
  ) {
    RunId runId = Ids.run(id);
    CallId call = Ids.call(callId);
    checks.cancelCall(runId, call);
    return forward(runId, "/calls/" + call + "/cancel", headers, body);
  }

  private ResponseEntity<byte[]> ofUnfinished(
    RunId runId,
    String command,
    HttpHeaders headers,
    byte @Nullable [] body
  ) {
    checks.unfinished(runId);
    return forward(runId, command, headers, body);
  }

  private ResponseEntity<byte[]> forward(
    RunId runId,
    String command,
    HttpHeaders headers,
    byte @Nullable [] body
  ) {
    return orchestrator.forward(HttpMethod.POST, "/api/v1/runs/" + runId + command, headers, body);
  }
}
