package dev.acm2.gateway;

import dev.acm2.contract.BuildId;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What runs here, how it is, and what could not be read.
@RestController
@RequestMapping("/api/v1")
final class ServiceController {

  private static final String BUILD_ID = BuildId.of(GatewayApplication.class);

  private final ServiceQueries queries;
  private final HealthReads health;

  ServiceController(ServiceQueries queries, HealthReads health) {
    this.queries = queries;
    this.health = health;
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

  @Operation(operationId = "getHealth", summary = "How services, log, tables and projector stand")
  @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
  SystemHealth health() {
    return health.read();
  }
}
