package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.scheduler.Scheduler;

/// All of a run as files, whatever kind of run it is. Each is written as far as its reader takes it: what
/// is in memory does not grow with the run. What fails on the way cuts the answer off, so that half a file
/// is never taken for a whole one.
@RestController
@RequestMapping("/api/v1/runs/{id}/export")
final class ExportController {

  private static final int CHUNK = 16 * 1024;
  private static final MediaType LINES = MediaType.parseMediaType(RowFormat.JSONL.mediaType());
  private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

  private final RunQueries queries;
  private final RunReads reads;
  private final RunPages pages;
  private final DocumentArchive archive;
  private final Scheduler blocking;

  /// @param blocking where threads may wait
  ExportController(
    RunQueries queries,
    RunReads reads,
    RunPages pages,
    DocumentArchive archive,
    Scheduler blocking
  ) {
    this.queries = queries;
    this.reads = reads;
    this.pages = pages;
    this.archive = archive;
    this.blocking = blocking;
  }

  @Operation(operationId = "exportCallsAsCsv", summary = "Every call of a run, a row each")
  @ApiResponse(
    responseCode = "200",
    description = "In the order of their ids",
    content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
  )
  @GetMapping("/calls.csv")
  ResponseEntity<Publisher<DataBuffer>> callsAsCsv(@PathVariable String id) {
    return calls(id, RowFormat.CSV, "calls.csv");
  }

  @Operation(operationId = "exportCallsAsJson", summary = "Every call of a run, an object each")
  @ApiResponse(
    responseCode = "200",
    description = "In the order of their ids",
    content = @Content(mediaType = "application/json", schema = @Schema(type = "string"))
  )
  @GetMapping("/calls.json")
  ResponseEntity<Publisher<DataBuffer>> callsAsJson(@PathVariable String id) {
    return calls(id, RowFormat.JSON, "calls.json");
  }

  @Operation(operationId = "exportEvents", summary = "Every event of a run as the log has it")
  @ApiResponse(
    responseCode = "200",
    description = "In the order of the log, one a line",
    content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
  )
  @GetMapping("/events.jsonl")
  ResponseEntity<Publisher<DataBuffer>> events(@PathVariable String id) {
    RunId runId = known(id).runId();
    return file(LINES, runId + "-events.jsonl", out -> {
      RowFile file = RowFile.begin(RowFormat.JSONL, LoggedEvent.class, out);
      pages.events(runId, file::page);
      file.end();
    });
  }

  @Operation(
    operationId = "exportDocuments",
    summary = "Every document that a run has written, and an index of them"
  )
  @ApiResponse(
    responseCode = "200",
    description = "Winners are named so",
    content = @Content(
      mediaType = "application/zip",
      schema = @Schema(type = "string", format = "binary")
    )
  )
  @GetMapping("/documents.zip")
  ResponseEntity<Publisher<DataBuffer>> documents(@PathVariable String id) {
    RunView run = known(id);
    return file(ZIP, run.runId() + "-documents.zip", out -> archive.write(run, out));
  }

  private ResponseEntity<Publisher<DataBuffer>> calls(String id, RowFormat format, String name) {
    RunId runId = known(id).runId();
    MediaType type = MediaType.parseMediaType(format.mediaType());
    return file(type, runId + "-" + name, out -> {
      RowFile file = RowFile.begin(format, CallRow.class, out);
      pages.calls(runId, page -> file.page(page.stream().map(CallRow::of).toList()));
      file.end();
    });
  }

  /// Before anything is answered: afterwards the answer can only be cut off.
  private RunView known(String id) {
    RunId runId = Ids.run(id);
    return reads.await(runId, () -> queries.run(runId));
  }

  private ResponseEntity<Publisher<DataBuffer>> file(
    MediaType type,
    String name,
    Consumer<OutputStream> writing
  ) {
    Publisher<DataBuffer> body = DataBufferUtils.outputStreamPublisher(
      writing,
      DefaultDataBufferFactory.sharedInstance,
      blocking::schedule,
      CHUNK
    );
    return Attachment.of(type, name).body(body);
  }
}
