package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.WorkerHeartbeat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.InstantSource;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Which models there are, and which of their providers can be reached.
@RestController
@RequestMapping("/api/v1")
final class ModelController {

  private final CompactedTopic<WorkerHeartbeat> workers;
  private final Orchestrator orchestrator;
  private final InstantSource clock;

  ModelController(
    CompactedTopic<WorkerHeartbeat> workers,
    Orchestrator orchestrator,
    InstantSource clock
  ) {
    this.workers = workers;
    this.orchestrator = orchestrator;
    this.clock = clock;
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
    return ofPrices(headers, prices -> prices);
  }

  @Operation(
    operationId = "listProviders",
    summary = "The providers of these models, and whether a worker can reach them"
  )
  @ApiResponse(
    responseCode = "200",
    description = "OK",
    content = @Content(
      mediaType = MediaType.APPLICATION_JSON_VALUE,
      schema = @Schema(implementation = Providers.class)
    )
  )
  @GetMapping("/providers")
  ResponseEntity<byte[]> providers(@Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
    Workers known = Workers.of(workers.values(), clock.instant());
    return ofPrices(headers, prices -> Providers.of(prices, known));
  }

  /// What follows from the orchestrator's answer, or that answer when it is none.
  private ResponseEntity<byte[]> ofPrices(
    HttpHeaders headers,
    Function<ModelPrices, Record> conclusion
  ) {
    ResponseEntity<byte[]> answer = orchestrator.forward(
      HttpMethod.GET,
      "/api/v1/models",
      headers,
      null
    );
    if (!answer.getStatusCode().is2xxSuccessful()) {
      return answer;
    }
    ModelPrices prices = ContractJson.EVENTS.readValue(answer.getBody(), ModelPrices.class);
    return ResponseEntity.ok()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(conclusion.apply(prices)));
  }
}
