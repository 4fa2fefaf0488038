package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import dev.acm2.projection.RunView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Runs and calls as the tables have them.
@RestController
@RequestMapping("/api/v1/runs")
final class RunController {

  private final RunQueries queries;
  private final RunReads reads;
  private final Verifier verifier;

  RunController(RunQueries queries, RunReads reads, Verifier verifier) {
    this.queries = queries;
    this.reads = reads;
    this.verifier = verifier;
  }

  @Operation(operationId = "listRuns", summary = "Runs, newest first, without their specs")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  RunPage list(
    @RequestParam(defaultValue = "50") int limit,
    @RequestParam(required = false) @Nullable String cursor,
    @Parameter(description = "Only archived runs, or only the others") @RequestParam(
      defaultValue = "false"
    ) boolean archived
  ) {
    return queries.runs(Ids.limit(limit), cursor == null ? null : Cursor.run(cursor), archived);
  }

  @Operation(operationId = "getRun", summary = "One run with its spec")
  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  RunView get(@PathVariable String id) {
    RunId runId = Ids.run(id);
    return reads.await(runId, () -> queries.run(runId));
  }

  @Operation(operationId = "listCalls", summary = "The calls of a run in the order of their ids")
  @GetMapping(path = "/{id}/calls", produces = MediaType.APPLICATION_JSON_VALUE)
  CallPage calls(
    @PathVariable String id,
    @Parameter(schema = @Schema(implementation = CallState.class)) @RequestParam(
      required = false
    ) @Nullable String state,
    @RequestParam(defaultValue = "1000") int limit,
    @RequestParam(required = false) @Nullable String cursor
  ) {
    RunId runId = Ids.run(id);
    @Nullable
    CallState wanted = Ids.state(state);
    @Nullable
    CallId after = cursor == null ? null : Cursor.call(cursor);
    int most = Ids.limit(limit);
    return reads.await(runId, () -> queries.calls(runId, wanted, most, after));
  }

  @Operation(operationId = "verifyRun", summary = "Compares the tables of a run with its log")
  @PostMapping(path = "/{id}/verify", produces = MediaType.APPLICATION_JSON_VALUE)
  Verification verify(@PathVariable String id) {
    RunId runId = Ids.run(id);
    return verifier.verify(reads.await(runId, () -> queries.rows(runId)));
  }
}
