package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EstimateController {

  private final Estimating estimating;

  EstimateController(Estimating estimating) {
    this.estimating = estimating;
  }

  /// The problems are those of a run that is posted.
  @PostMapping(
    path = "/api/v1/runs/estimate",
    consumes = MediaType.APPLICATION_JSON_VALUE,
    produces = MediaType.APPLICATION_JSON_VALUE
  )
  ResponseEntity<byte[]> post(@RequestBody(required = false) byte @Nullable [] body) {
    return ResponseEntity.ok()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(estimating.estimate(body)));
  }
}
