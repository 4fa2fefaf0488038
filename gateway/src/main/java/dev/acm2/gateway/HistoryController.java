package dev.acm2.gateway;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The events that made a run what it is.
@RestController
@RequestMapping("/api/v1/runs/{id}")
final class HistoryController {

  private final HistoryQueries queries;
  private final RunReads reads;

  HistoryController(HistoryQueries queries, RunReads reads) {
    this.queries = queries;
    this.reads = reads;
  }

  @Operation(
    operationId = "listHistory",
    summary = "The events of a run as the log has them, oldest first"
  )
  @GetMapping(path = "/history", produces = MediaType.APPLICATION_JSON_VALUE)
  RawEvents history(
    @PathVariable String id,
    @Parameter(description = "Logical names, any of them") @RequestParam(
      required = false
    ) @Nullable List<String> type,
    @Parameter(schema = @Schema(implementation = Phase.class)) @RequestParam(
      required = false
    ) @Nullable String phase,
    @RequestParam(required = false) @Nullable String model,
    @Parameter(description = "The instance that wrote the event") @RequestParam(
      required = false
    ) @Nullable String worker,
    @RequestParam(required = false) @Nullable String call,
    @RequestParam(required = false) @Nullable String after,
    @RequestParam(defaultValue = "200") int limit
  ) {
    RunId runId = Ids.run(id);
    HistoryFilter filter = HistoryFilter.of(type, phase, model, worker, call);
    LogPosition from = after == null ? LogPosition.START : LogPosition.parse(after);
    int most = Ids.limit(limit);
    return reads.await(runId, () -> queries.events(runId, filter, from, most));
  }

  @Operation(operationId = "listCallEvents", summary = "The events of a call as the log has them")
  @GetMapping(path = "/calls/{callId}/events", produces = MediaType.APPLICATION_JSON_VALUE)
  RawEvents ofCall(
    @PathVariable String id,
    @PathVariable String callId,
    @RequestParam(required = false) @Nullable String after,
    @RequestParam(defaultValue = "1000") int limit
  ) {
    RunId runId = Ids.run(id);
    CallId call = Ids.call(callId);
    LogPosition from = after == null ? LogPosition.START : LogPosition.parse(after);
    int most = Ids.limit(limit);
    HistoryFilter filter = HistoryFilter.of(call);
    RawEvents events = reads.await(runId, () -> queries.events(runId, filter, from, most));
    if (events.items().isEmpty() && after == null) {
      throw ProblemException.callNotFound(call);
    }
    return events;
  }
}
