package dev.acm2.orchestrator;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acm2.artifactstore.ArtifactStoreException;
import dev.acm2.contract.ContractJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/// Answers every refusal and every failure as `application/problem+json`. An answer of 5xx is logged
/// with its cause; none shows a stack trace.
@RestControllerAdvice
final class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String field
  ) {}

  @ExceptionHandler
  ResponseEntity<byte[]> problem(Problem problem) {
    return answer(problem, new HttpHeaders());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> tooLarge(DataBufferLimitException e) {
    return problem(Problem.tooLarge("the body is larger than 10 MiB"));
  }

  @ExceptionHandler({
    ArtifactStoreException.class,
    DataAccessException.class,
    TransactionException.class,
  })
  ResponseEntity<byte[]> storeUnavailable(Exception e) {
    return problem(Problem.unavailable("store-unavailable", "the database cannot be reached", e));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> refused(ResponseStatusException e) {
    if (e.getCause() instanceof DataBufferLimitException tooLarge) {
      return tooLarge(tooLarge);
    }
    int status = e.getStatusCode().value();
    String reason = e.getReason() == null ? slugOf(status) : e.getReason();
    return answer(Problem.refused(status, slugOf(status), reason, e), e.getHeaders());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> failed(Exception e) {
    return problem(Problem.refused(500, "internal", "an unexpected error; see the log", e));
  }

  private static String slugOf(int status) {
    return switch (status) {
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 406 -> "not-acceptable";
      case 413 -> "too-large";
      case 415 -> "unsupported-media-type";
      default -> status < 500 ? "bad-request" : "internal";
    };
  }

  private static ResponseEntity<byte[]> answer(Problem problem, HttpHeaders extra) {
    if (problem.status() >= 500) {
      LOG.error("{}: {}", problem.slug(), problem.detail(), problem);
    }
    HttpHeaders headers = new HttpHeaders();
    headers.putAll(extra);
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.status() == 503) {
      headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    Body body = new Body(
      "urn:acm2:problem:" + problem.slug(),
      problem.slug().replace('-', ' '),
      problem.status(),
      problem.detail(),
      problem.field()
    );
    return ResponseEntity.status(problem.status())
      .headers(headers)
      .body(ContractJson.VIEWS.writeValueAsBytes(body));
  }
}
