package dev.acm2.gateway;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.WorkerHeartbeat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lanes and workers as they said of themselves last, and the limits of lanes.
@RestController
@RequestMapping("/api/v1")
final class LaneController {

  /// 1 to 60: no more is known.
  private static final Pattern MINUTES = Pattern.compile("[1-9]|[1-5]\\d|60");

  private final CompactedTopic<LaneHistory> lanes;
  private final CompactedTopic<WorkerHeartbeat> workers;
  private final Orchestrator orchestrator;
  private final InstantSource clock;

  LaneController(
    CompactedTopic<LaneHistory> lanes,
    CompactedTopic<WorkerHeartbeat> workers,
    Orchestrator orchestrator,
    InstantSource clock
  ) {
    this.lanes = lanes;
    this.workers = workers;
    this.orchestrator = orchestrator;
    this.clock = clock;
  }

  @Operation(operationId = "listLanes", summary = "How every lane stands")
  @GetMapping(path = "/lanes", produces = MediaType.APPLICATION_JSON_VALUE)
  Lanes lanes() {
    return Lanes.of(lanes.values());
  }

  @Operation(operationId = "listLaneHistories", summary = "How every lane stood lately")
  @GetMapping(path = "/lanes/history", produces = MediaType.APPLICATION_JSON_VALUE)
  LaneHistories histories(
    @Parameter(
      description = "Minutes before now",
      schema = @Schema(type = "integer", minimum = "1", maximum = "60", defaultValue = "15")
    ) @RequestParam(defaultValue = "15") String minutes
  ) {
    return LaneHistories.since(clock.instant().minus(span(minutes)), lanes.values());
  }

  private static Duration span(String minutes) {
    if (!MINUTES.matcher(minutes).matches()) {
      throw ProblemException.invalidField("minutes", "minutes must be 1 to 60");
    }
    return Duration.ofMinutes(Integer.parseInt(minutes));
  }

  @Operation(operationId = "listWorkers", summary = "The workers that were heard of lately")
  @GetMapping(path = "/workers", produces = MediaType.APPLICATION_JSON_VALUE)
  Workers workers() {
    return Workers.of(workers.values(), clock.instant());
  }

  @Operation(
    operationId = "limitLane",
    summary = "Asks for other limits of a lane, in place of the configured ones",
    parameters = @Parameter(
      name = "lane",
      in = ParameterIn.PATH,
      required = true,
      schema = @Schema(type = "string")
    ),
    requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = @Content(
        mediaType = MediaType.APPLICATION_JSON_VALUE,
        schema = @Schema(implementation = LaneLimits.class)
      )
    )
  )
  @LaneAskedAnswer
  @PutMapping(path = "/lanes/{*lane}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> limit(
    @Parameter(hidden = true) ServerHttpRequest request,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    return orchestrator.forward(HttpMethod.PUT, request.getPath().value(), headers, body);
  }

  @Operation(
    operationId = "resetLane",
    summary = "Asks for the configured limits of a lane; one that is not configured is closed",
    parameters = @Parameter(
      name = "lane",
      in = ParameterIn.PATH,
      required = true,
      schema = @Schema(type = "string")
    )
  )
  @LaneAskedAnswer
  @DeleteMapping("/lanes/{*lane}")
  ResponseEntity<byte[]> reset(
    @Parameter(hidden = true) ServerHttpRequest request,
    @Parameter(hidden = true) @RequestHeader HttpHeaders headers
  ) {
    return orchestrator.forward(HttpMethod.DELETE, request.getPath().value(), headers, null);
  }
}
