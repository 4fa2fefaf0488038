package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Adds to the plan of a submission what past calls tell.
final class Estimates {

  private final PastCalls past;

  Estimates(PastCalls past) {
    this.past = past;
  }

  /// @param answer the orchestrator's, with a [Plan]
  /// @throws ProblemException store-unavailable
  ResponseEntity<byte[]> of(ResponseEntity<byte[]> answer) {
    Plan plan = ContractJson.EVENTS.readValue(answer.getBody(), Plan.class);
    RunEstimate estimate = Estimate.of(plan, past.of(plan));
    return ResponseEntity.ok()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(estimate));
  }
}
