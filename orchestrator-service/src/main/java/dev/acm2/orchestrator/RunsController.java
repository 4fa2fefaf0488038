package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.PlannedCalls;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.orchestrator.Acceptance.Accepted;
import java.net.URI;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/runs", produces = MediaType.APPLICATION_JSON_VALUE)
final class RunsController {

  private final Acceptance acceptance;
  private final RunControl control;

  RunsController(Acceptance acceptance, RunControl control) {
    this.acceptance = acceptance;
    this.control = control;
  }

  private record Created(String runId, RunSpec spec, SortedMap<Phase, Integer> planned) {}

  private record Asked(RunId runId) {}

  private record AskedOfCall(RunId runId, CallId callId) {}

  /// 201 for a new run, 200 for one that the same key has already made.
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> post(
    @RequestBody(required = false) byte @Nullable [] body,
    @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key
  ) {
    Accepted run = acceptance.accept(body, key);
    String runId = run.runId().toString();
    SortedMap<Phase, Integer> planned = new TreeMap<>();
    for (PlannedCalls calls : run.request().planned()) {
      planned.merge(calls.phase(), calls.calls(), Integer::sum);
    }
    return ResponseEntity.status(run.created() ? HttpStatus.CREATED : HttpStatus.OK)
      .location(URI.create("/api/v1/runs/" + runId))
      .contentType(MediaType.APPLICATION_JSON)
      .body(
        ContractJson.VIEWS.writeValueAsBytes(new Created(runId, run.request().spec(), planned))
      );
  }

  /// 202, as everything below, also for a run that is being cancelled or has ended: the log decides what
  /// it means.
  @PostMapping("/{id}/cancel")
  ResponseEntity<byte[]> cancel(@PathVariable String id) {
    return accepted(new Asked(control.cancel(id)));
  }

  @PostMapping("/{id}/pause")
  ResponseEntity<byte[]> pause(@PathVariable String id) {
    return accepted(new Asked(control.pause(id)));
  }

  @PostMapping("/{id}/resume")
  ResponseEntity<byte[]> resume(@PathVariable String id) {
    return accepted(new Asked(control.resume(id)));
  }

  @PostMapping("/{id}/archive")
  ResponseEntity<byte[]> archive(@PathVariable String id) {
    return accepted(new Asked(control.archive(id)));
  }

  @PostMapping("/{id}/unarchive")
  ResponseEntity<byte[]> unarchive(@PathVariable String id) {
    return accepted(new Asked(control.unarchive(id)));
  }

  @PostMapping("/{id}/delete")
  ResponseEntity<byte[]> delete(@PathVariable String id) {
    return accepted(new Asked(control.delete(id)));
  }

  @PostMapping(path = "/{id}/retry", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> retry(
    @PathVariable String id,
    @RequestBody(required = false) byte @Nullable [] body
  ) {
    return accepted(new Asked(control.retry(id, body)));
  }

  @PostMapping("/{id}/calls/{callId}/cancel")
  ResponseEntity<byte[]> cancelCall(@PathVariable String id, @PathVariable String callId) {
    CallId call = RetryRequest.id("callId", callId);
    return accepted(new AskedOfCall(control.cancelCall(id, call), call));
  }

  private static ResponseEntity<byte[]> accepted(Record answer) {
    return ResponseEntity.accepted()
      .contentType(MediaType.APPLICATION_JSON)
      .body(ContractJson.VIEWS.writeValueAsBytes(answer));
  }
}
