package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/// The live stream of a run.
@RestController
@RequestMapping("/api/v1/runs")
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
      " generation.partition.offset; a comment each 10 s."
  )
  @ApiResponse(
    responseCode = "200",
    description = "A stream of frames",
    content = @Content(
      mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
      schema = @Schema(
        oneOf = { Frame.Snapshot.class, Frame.Delta.class, Frame.Reset.class, Frame.Bye.class }
      )
    )
  )
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
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
          .flatMap(begun -> send(begun, response)),
      stream -> Mono.fromRunnable(stream::close)
    );
  }

  /// Each frame is made when the one before it has been written to the connection: a client that does
  /// not read holds back its own frames, and their values go on being replaced by newer ones.
  private Mono<Void> send(LiveStream stream, ServerHttpResponse response) {
    response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
    response.getHeaders().set("X-Accel-Buffering", "no");
    Flux<Mono<DataBuffer>> frames = Flux.generate(places -> {
      if (stream.ended()) {
        places.complete();
      } else {
        places.next(next(stream, response));
      }
    });
    return response.writeAndFlushWith(frames);
  }

  private Mono<DataBuffer> next(LiveStream stream, ServerHttpResponse response) {
    return Mono.fromCallable(stream::next)
      .subscribeOn(blocking)
      .filter(frame -> frame.length > 0)
      .map(frame -> response.bufferFactory().wrap(frame));
  }
}
