package dev.acm2.orchestrator;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Changes what lanes may do while they run. An answer of 202 means that the lane will get the change
/// whatever fails; the view of the lane shows when it did.
@RestController
@RequestMapping(path = "/api/v1/lanes", produces = MediaType.APPLICATION_JSON_VALUE)
final class LanesController {

  private final ConfiguredLanes configured;
  private final EventAppender log;

  LanesController(OrchestratorSettings settings, EventAppender log) {
    this.configured = settings.configuredLanes();
    this.log = log;
  }

  private record Changing(String lane, LaneLimits limits) {}

  /// Sets the limits of a lane; one of a model need not be configured.
  @PutMapping(path = "/{*lane}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> put(
    @PathVariable("lane") String path,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    String lane = LaneChange.lane(path, configured);
    LaneLimits limits = SubmissionReader.read(
      body,
      LaneChange.class,
      "the limits of a lane"
    ).checked();
    return tell(lane, new LaneCommand.SetLimits(limits), limits);
  }

  /// Back to the configured limits. The answer names those in force from then on: of a lane that is not
  /// configured those of its provider, with which it goes on until its last call has ended.
  @DeleteMapping("/{*lane}")
  ResponseEntity<byte[]> delete(@PathVariable("lane") String path) {
    String lane = LaneChange.lane(path, configured);
    return tell(lane, new LaneCommand.ResetLimits(), configured.of(lane));
  }

  private ResponseEntity<byte[]> tell(String lane, LaneCommand command, LaneLimits limits) {
    log.tell(lane, command);
    return ResponseEntity.accepted()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(new Changing(lane, limits)));
  }
}
