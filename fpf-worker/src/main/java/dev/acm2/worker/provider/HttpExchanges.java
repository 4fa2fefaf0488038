package dev.acm2.worker.provider;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Sends requests over HTTP/1.1. Never follows a redirect, never sends a request twice by itself.
public final class HttpExchanges implements AutoCloseable {

  /// Largest body of an answer, in bytes.
  public static final int BODY_LIMIT = 32 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL_PAUSE = Duration.ofSeconds(2);

  private final Duration pollPause;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1)
    .followRedirects(HttpClient.Redirect.NEVER)
    .connectTimeout(CONNECT_TIMEOUT)
    .executor(threads)
    .build();

  public HttpExchanges() {
    this(POLL_PAUSE);
  }

  /// @param pollPause between two looks at an answer that is made in the background
  HttpExchanges(Duration pollPause) {
    this.pollPause = pollPause;
  }

  Exchange open(Target.Http target, ProviderRequest request) {
    URI address = target.wire().address(target.resource(), request.model());
    SentBody body = new SentBody(request.body());
    HttpExchange first = send(
      head(target, request, address).header("Content-Type", "application/json").POST(body),
      body::isAskedFor
    );
    return target.wire().inBackground(request.model())
      ? new BackgroundExchange(first, new Polls(target, request), pollPause)
      : first;
  }

  private static HttpRequest.Builder head(
    Target.Http target,
    ProviderRequest request,
    URI address
  ) {
    HttpRequest.Builder http = HttpRequest.newBuilder(address)
      .header("Accept", "application/json")
      .header("X-Client-Request-Id", request.requestId());
    target.wire().headers(request.provider().key()).forEach(http::header);
    return http;
  }

  private HttpExchange send(HttpRequest.Builder http, BooleanSupplier isConnected) {
    return new HttpExchange(client, http.build(), isConnected);
  }

  /// What can be asked about an answer that is made in the background. Nobody asks for the stages of
  /// that, and without a body the client does not tell when it is connected.
  final class Polls {

    private final Target.Http target;
    private final ProviderRequest request;

    private Polls(Target.Http target, ProviderRequest request) {
      this.target = target;
      this.request = request;
    }

    HttpExchange look(String id) {
      URI address = URI.create(target.resource() + "/" + id);
      return send(head(target, request, address).GET(), () -> true);
    }

    HttpExchange cancel(String id) {
      URI address = URI.create(target.resource() + "/" + id + "/cancel");
      return send(head(target, request, address).POST(BodyPublishers.noBody()), () -> true);
    }
  }

  /// Breaks off what is still under way.
  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
