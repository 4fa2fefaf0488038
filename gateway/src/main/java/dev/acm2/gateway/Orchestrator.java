package dev.acm2.gateway;

import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.netty.http.client.HttpClient;

/// Hands writes on to the orchestrator, and its answers back as they are. Nothing is tried twice: the
/// client decides, with its Idempotency-Key.
final class Orchestrator {

  private static final int CONNECT_TIMEOUT_MS = 2000;
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 32 * 1024 * 1024;
  private static final List<String> ASKED = List.of(
    HttpHeaders.CONTENT_TYPE,
    HttpHeaders.ACCEPT,
    "Idempotency-Key",
    "traceparent"
  );
  private static final List<String> ANSWERED = List.of(
    HttpHeaders.CONTENT_TYPE,
    HttpHeaders.LOCATION,
    HttpHeaders.RETRY_AFTER
  );

  private static final byte[] NOTHING = new byte[0];

  private final String base;
  private final WebClient client;

  Orchestrator(URI url, HttpClient connections) {
    base = url.toString();
    HttpClient http = connections
      .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
      .disableRetry(true)
      .responseTimeout(RESPONSE_TIMEOUT);
    client = WebClient.builder()
      .clientConnector(new ReactorClientHttpConnector(http))
      .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
      .build();
  }

  /// @throws ProblemException orchestrator-unavailable when it does not answer
  ///
  /// @param path as it is sent: encoded
  ResponseEntity<byte[]> forward(
    HttpMethod method,
    String path,
    HttpHeaders headers,
    byte @Nullable [] body
  ) {
    try {
      ResponseEntity<byte[]> answer = client
        .method(method)
        .uri(URI.create(base + path))
        .headers(asked -> copy(ASKED, headers, asked))
        .bodyValue(body == null ? NOTHING : body)
        .exchangeToMono(response -> response.toEntity(byte[].class))
        .block();
      if (answer == null) {
        throw new IllegalStateException("an exchange without an answer");
      }
      return handBack(answer.getStatusCode(), answer.getHeaders(), answer.getBody());
    } catch (WebClientException e) {
      throw ProblemException.orchestratorUnavailable(e);
    }
  }

  private static ResponseEntity<byte[]> handBack(
    HttpStatusCode status,
    HttpHeaders headers,
    byte @Nullable [] body
  ) {
    HttpHeaders answered = new HttpHeaders();
    copy(ANSWERED, headers, answered);
    if (
      status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE) &&
      !answered.containsHeader(HttpHeaders.RETRY_AFTER)
    ) {
      answered.set(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
    }
    return new ResponseEntity<>(body, answered, status);
  }

  private static void copy(List<String> names, HttpHeaders from, HttpHeaders to) {
    for (String name : names) {
      List<String> values = from.get(name);
      if (values != null) {
        to.put(name, values);
      }
    }
  }
}
