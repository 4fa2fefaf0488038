package dev.acm2.gateway;

import dev.acm2.contract.BuildId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What runs here, which models there are, and what could not be read.
@RestController
@RequestMapping("/api/v1")
final class ServiceController {

  private static final String BUILD_ID = BuildId.of(GatewayApplication.class);

  private final ServiceQueries queries;
  private final Orchestrator orchestrator;

  ServiceController(ServiceQueries queries, Orchestrator orchestrator) {
    this.queries = queries;
    this.orchestrator = orchestrator;
  }

  @Operation(operationId = "getVersion", summary = "The builds of this gateway and of all services")
  @GetMapping(path = "/version", produces = MediaType.APPLICATION_JSON_VALUE)
  Version version() {
    return queries.version(BUILD_ID);
  }

  @Operation(operationId = "getQuarantine", summary = "Records that are not events")
  @GetMapping(path = "/quarantine", produces = MediaType.APPLICATION_JSON_VALUE)
  Quarantine quarantine() {
    return queries.quarantine();
  }

  @Operation(operationId = "listModels", summary = "The models that a run may name")
  @ApiResponse(
    responseCode = "200",
    description = "OK",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = ModelPrices.class)
    )
  )
  @GetMapping("/models")
  ResponseEntity<byte[]> models(@Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
    return orchestrator.forward(HttpMethod.GET, "/api/v1/models", headers, null);
  }
}
