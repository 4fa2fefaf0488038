package dev.acm2.gateway;

import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/// What a run said line by line.
@RestController
@RequestMapping("/api/v1/runs/{id}")
final class LogController {

  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final LogQueries queries;
  private final RunReads reads;
  private final Scheduler blocking;

  /// @param blocking where threads may wait
  LogController(LogQueries queries, RunReads reads, Scheduler blocking) {
    this.queries = queries;
    this.reads = reads;
    this.blocking = blocking;
  }

  @Operation(operationId = "listLog", summary = "The console lines of a run, oldest first")
  @GetMapping(path = "/log", produces = MediaType.APPLICATION_JSON_VALUE)
  LogPage log(
    @PathVariable String id,
    @RequestParam(required = false) @Nullable String after,
    @RequestParam(defaultValue = "1000") int limit,
    @Parameter(
      description = "Lines of this level and above",
      schema = @Schema(implementation = Level.class)
    ) @RequestParam(defaultValue = "DEBUG") String level
  ) {
    RunId runId = Ids.run(id);
    LogPosition from = after == null ? LogPosition.START : LogPosition.parse(after);
    Level least = Ids.level(level);
    int most = Ids.limit(limit);
    return reads.await(runId, () -> queries.lines(runId, from, most, least));
  }

  @Operation(operationId = "downloadLog", summary = "All console lines of a run as a text file")
  @ApiResponse(
    responseCode = "200",
    description = "The lines, oldest first",
    content = @Content(mediaType = "text/plain", schema = @Schema(type = "string"))
  )
  @GetMapping("/log.txt")
  ResponseEntity<Flux<String>> text(@PathVariable String id) {
    RunId runId = Ids.run(id);
    LogPage first = reads.await(runId, () -> queries.lines(runId, LogPosition.START));
    return ResponseEntity.ok()
      .contentType(TEXT)
      .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + runId + ".log\"")
      .body(pages(runId, first).map(LogController::text));
  }

  /// Each page is read when the one before it has been taken: the file is never in memory as a whole.
  private Flux<LogPage> pages(RunId runId, LogPage first) {
    Flux<LogPage> rest = Flux.<LogPage, String>generate(first::next, (after, pages) -> {
      LogPage page = queries
        .lines(runId, LogPosition.parse(after))
        .orElseThrow(ProblemException::runNotFound);
      if (page.items().isEmpty()) {
        pages.complete();
      } else {
        pages.next(page);
      }
      return page.next();
    }).subscribeOn(blocking);
    return Flux.concat(Flux.just(first), rest);
  }

  private static String text(LogPage page) {
    StringBuilder text = new StringBuilder();
    page.items().forEach(line -> text.append(line.toText()));
    return text.toString();
  }
}
