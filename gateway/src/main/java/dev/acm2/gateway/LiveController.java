package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/// The live streams of runs.
@RestController
@RequestMapping("/api/v1")
final class LiveController {

  private final LiveStreams streams;
  private final Scheduler blocking;

  /// @param blocking where threads may wait
  LiveController(LiveStreams streams, Scheduler blocking) {
    this.streams = streams;
    this.blocking = blocking;
  }

  @Operation(
    operationId = "watchRun",
    summary = "The run live: a snapshot, then what changes",
    description = "Server-sent events named snapshot, delta, reset and bye; ids are" +
      " generation.partition.offset; a pulse and a comment each 2 s."
  )
  @ApiResponse(
    responseCode = "200",
    description = "A stream of frames",
    content = @Content(
      mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
      schema = @Schema(
        oneOf = {
          Frame.Snapshot.class,
          Frame.Delta.class,
          Frame.Reset.class,
          Frame.Bye.class,
          Pulse.class,
        }
      )
    )
  )
  @GetMapping(path = "/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Mono<Void> events(
    @PathVariable String id,
    @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
    @Parameter(hidden = true) ServerHttpResponse response
  ) {
    RunId runId = Ids.run(id);
    return Mono.usingWhen(
      Mono.fromCallable(() -> streams.attach(runId, lastEventId)),
      stream ->
        Mono.fromCallable(() -> streams.begin(stream))
          .subscribeOn(blocking)
          .flatMap(connection -> follow(connection, response)),
      stream -> Mono.fromRunnable(stream::close)
    );
  }

  @Operation(
    operationId = "watchRuns",
    summary = "Some runs live in one stream, for a browser with many tabs",
    description = "The frames of each run as its own stream has them; ids are" +
      " run@generation.partition.offset. A run that there is not, or not any more, is told as gone," +
      " and the others go on."
  )
  @ApiResponse(
    responseCode = "200",
    description = "A stream of frames",
    content = @Content(
      mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
      schema = @Schema(
        oneOf = {
          Frame.Snapshot.class,
          Frame.Delta.class,
          Frame.Reset.class,
          Frame.Bye.class,
          Frame.Gone.class,
          Pulse.class,
        }
      )
    )
  )
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Mono<Void> eventsOfRuns(
    @Parameter(description = "Ids of 1 to 20 runs", required = true) @RequestParam(
      required = false
    ) @Nullable List<String> run,
    @Parameter(
      description = "What the client has of a run, as the id of a frame: it goes on from there"
    ) @RequestParam(required = false) @Nullable List<String> from,
    @Parameter(hidden = true) ServerHttpResponse response
  ) {
    WatchedRuns watched = WatchedRuns.parse(run, from);
    return Mono.defer(() -> follow(streams.attach(watched), response));
  }

  private Mono<Void> follow(LiveConnection connection, ServerHttpResponse response) {
    return Mono.usingWhen(
      Mono.just(connection),
      open -> send(open, response),
      open -> Mono.fromRunnable(open::close)
    );
  }

  /// Each piece is asked for when the one before it has been written to the connection: a client that
  /// does not read holds back its own frames, and their values go on being replaced by newer ones.
  private Mono<Void> send(LiveConnection connection, ServerHttpResponse response) {
    response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
    response.getHeaders().set("X-Accel-Buffering", "no");
    Flux<Mono<DataBuffer>> pieces = Flux.generate(places -> {
      if (connection.ended()) {
        places.complete();
      } else {
        places.next(next(connection, response));
      }
    });
    return response.writeAndFlushWith(pieces);
  }

  private Mono<DataBuffer> next(LiveConnection connection, ServerHttpResponse response) {
    return Mono.fromCallable(connection::next)
      .subscribeOn(blocking)
      .filter(piece -> piece.length > 0)
      .map(piece -> response.bufferFactory().wrap(piece));
  }
}
