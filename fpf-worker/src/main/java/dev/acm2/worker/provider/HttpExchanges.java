package dev.acm2.worker.provider;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Sends requests over HTTP/1.1. Never follows a redirect, never sends a request twice by itself.
public final class HttpExchanges implements Exchanges, AutoCloseable {

  /// Largest body of an answer, in bytes.
  public static final int BODY_LIMIT = 32 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1)
    .followRedirects(HttpClient.Redirect.NEVER)
    .connectTimeout(CONNECT_TIMEOUT)
    .executor(threads)
    .build();

  @Override
  public Exchange open(ProviderRequest request) {
    HttpRequest.Builder http = HttpRequest.newBuilder(request.endpoint())
      .header("Content-Type", "application/json")
      .header("Accept", "application/json")
      .header("X-Client-Request-Id", request.requestId())
      .POST(BodyPublishers.ofByteArray(request.body()));
    if (!request.key().isBlank()) {
      http.header("Authorization", request.key().authorization());
    }
    return new HttpExchange(client, http.build());
  }

  /// Breaks off what is still under way.
  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
