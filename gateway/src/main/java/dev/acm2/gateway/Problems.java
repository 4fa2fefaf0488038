package dev.acm2.gateway;

import dev.acm2.artifactstore.ArtifactStoreException;
import dev.acm2.contract.ContractJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/// Every error becomes a problem document here, and nowhere else. It runs before Spring Boot's own
/// handler, which has order -1.
@Order(-2)
final class Problems implements WebExceptionHandler {

  static final String RETRY_AFTER_SECONDS = "2";
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(error);
    }
    Problem problem = problem(error);
    report(exchange, problem, error);
    copyHeaders(error, response.getHeaders());
    return write(response, problem);
  }

  private static Problem problem(Throwable error) {
    return switch (error) {
      case ProblemException known -> known.problem();
      case ArtifactStoreException e -> ProblemException.storeUnavailable(e).problem();
      case DataBufferLimitException _ -> tooLarge();
      case ServerWebInputException e when (
        e.getCause() instanceof DataBufferLimitException
      ) -> tooLarge();
      case ErrorResponse e -> ofStatus(HttpStatus.valueOf(e.getStatusCode().value()), error);
      default -> Problem.of(500, "internal", "the gateway failed; see its log", null);
    };
  }

  private static Problem ofStatus(HttpStatus status, Throwable error) {
    return switch (status) {
      case BAD_REQUEST -> Problem.of(400, "invalid-request", words(error), null);
      case NOT_FOUND -> Problem.of(404, "not-found", "there is nothing at this address", null);
      case METHOD_NOT_ALLOWED -> Problem.of(405, "method-not-allowed", words(error), null);
      case NOT_ACCEPTABLE -> Problem.of(406, "not-acceptable", words(error), null);
      case UNSUPPORTED_MEDIA_TYPE -> Problem.of(415, "unsupported-media-type", words(error), null);
      case CONTENT_TOO_LARGE -> tooLarge();
      default -> Problem.of(status.value(), "http-" + status.value(), words(error), null);
    };
  }

  private static String words(Throwable error) {
    return error instanceof ErrorResponse response && response.getBody().getDetail() != null
      ? response.getBody().getDetail()
      : "the request cannot be answered";
  }

  private static Problem tooLarge() {
    return Problem.of(413, "too-large", "the body is larger than 10 MiB", null);
  }

  private static void report(ServerWebExchange exchange, Problem problem, Throwable error) {
    var request = exchange.getRequest();
    if (problem.status() >= 500) {
      LOG.error("{} {}: {}", request.getMethod(), request.getPath(), problem.type(), error);
    } else {
      LOG.debug("{} {}: {}", request.getMethod(), request.getPath(), problem.detail());
    }
  }

  private static void copyHeaders(Throwable error, HttpHeaders headers) {
    if (error instanceof ErrorResponse response) {
      headers.putAll(response.getHeaders());
    }
  }

  private static Mono<Void> write(ServerHttpResponse response, Problem problem) {
    response.setRawStatusCode(problem.status());
    response.getHeaders().setContentType(MediaType.parseMediaType(Problem.MEDIA_TYPE));
    if (problem.status() == 503) {
      response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    byte[] body = ContractJson.VIEWS.writeValueAsBytes(problem);
    DataBuffer buffer = response.bufferFactory().wrap(body);
    return response.writeWith(Mono.just(buffer));
  }
}
