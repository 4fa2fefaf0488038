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
  @RunAskedAnswer
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
  @RunAskedAnswer
  @PostMapping("/pause")
  ResponseEntity<byte[]> pause(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @Parameter(hidden = true) @RequestBody(required = false) byte @Nullable [] body
  ) {
    return ofUnfinished(Ids.run(id), "/pause", headers, body);
  }

  @Operation(operationId = "resumeRun", summary = "Asks a held run to go on")
  @RunAskedAnswer
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
    summary = "Asks to run calls again that ended without success, or a phase anew",
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = RetryRequest.class)
      )
    )
  )
  @RunAskedAnswer
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

  @Operation(operationId = "archiveRun", summary = "Asks to leave a run out of lists")
  @RunAskedAnswer
  @PostMapping("/archive")
  ResponseEntity<byte[]> archive(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers
  ) {
    return ofKept(Ids.run(id), "/archive", headers);
  }

  @Operation(operationId = "unarchiveRun", summary = "Asks to show an archived run in lists again")
  @RunAskedAnswer
  @PostMapping("/unarchive")
  ResponseEntity<byte[]> unarchive(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers
  ) {
    return ofKept(Ids.run(id), "/unarchive", headers);
  }

  @Operation(
    operationId = "deleteRun",
    summary = "Asks to delete all tables of a finished run for good; the log keeps what it has",
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = DeleteRequest.class)
      )
    )
  )
  @RunAskedAnswer
  @PostMapping(path = "/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> delete(
    @PathVariable String id,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    RunId runId = Ids.run(id);
    checks.delete(runId, Bodies.read(body, DeleteRequest.class));
    return forward(runId, "/delete", headers, null);
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

  private ResponseEntity<byte[]> ofKept(RunId runId, String command, HttpHeaders headers) {
    checks.kept(runId);
    return forward(runId, command, headers, null);
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
