package dev.acm2.cli;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The gateway over HTTP. Nothing is tried twice here: whether a request may be repeated is for the
/// caller to say.
final class GatewayClient {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration EXCHANGE = Duration.ofSeconds(90);
  private static final String PAGE = "1000";
  private static final String JSON = "application/json, application/problem+json";

  private final URI server;
  private final HttpClient http = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1)
    .connectTimeout(CONNECT)
    .build();

  GatewayClient(URI server) {
    this.server = server;
  }

  /// The body of the answer to GET.
  ///
  /// @param path below `/api/v1`, encoded
  /// @throws CliFailure for every answer but 2xx, and when there is none within 90 s
  String get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  /// The body of the answer to GET, whatever its media type is; see [#get].
  String text(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET(), "*/*");
  }

  /// The body of the answer to POST; see [#get].
  String post(String path, String json, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
      .header("Content-Type", "application/json")
      .POST(BodyPublishers.ofString(json));
    headers.forEach(request::header);
    return send(request);
  }

  /// The body of the answer to PUT; see [#get].
  String put(String path, String json) {
    return send(
      HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(json))
    );
  }

  /// The body of the answer to DELETE; see [#get].
  String delete(String path) {
    return send(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  /// All calls of a run.
  List<Call> calls(RunId runId, @Nullable String state) {
    List<Call> all = new ArrayList<>();
    pages(runId, state, page -> all.addAll(read(page, Call.Page.class).items()));
    return all;
  }

  /// The calls of a run as the gateway tells them, page by page.
  void pages(RunId runId, @Nullable String state, Consumer<String> sink) {
    String path =
      "/runs/" + runId + "/calls?limit=" + PAGE + (state == null ? "" : "&state=" + state);
    @Nullable
    String cursor = null;
    do {
      String page = get(cursor == null ? path : path + "&cursor=" + Urls.encode(cursor));
      sink.accept(page);
      cursor = read(page, Call.Page.class).nextCursor();
    } while (cursor != null);
  }

  /// Opens the live stream of a run.
  ///
  /// @param lastEventId the last frame that was seen, null for none
  /// @throws CliFailure for every answer but 200; [ExitCode#UNAVAILABLE] when it may come back
  InputStream events(RunId runId, @Nullable String lastEventId) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri("/runs/" + runId + "/events")).header(
      "Accept",
      "text/event-stream"
    );
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return open(request.build());
  }

  /// The body of the answer to GET, whatever its media type and however long it is.
  ///
  /// @throws CliFailure for every answer but 200, and when there is none within 90 s
  Download download(String path) {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).header("Accept", "*/*").build();
    return new Download(open(request), EXCHANGE);
  }

  private InputStream open(HttpRequest request) {
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw Problem.failure(
        response.statusCode(),
        new String(body.readAllBytes(), StandardCharsets.UTF_8)
      );
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// The ledger of a provider simulator.
  String ledger(URI ledger) {
    return send(HttpRequest.newBuilder(ledger).GET());
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return ContractJson.VIEWS.readValue(json, type);
    } catch (JacksonException e) {
      throw new CliFailure(
        ExitCode.DATA,
        "the service's answer is not understood: " + e.getOriginalMessage(),
        e
      );
    }
  }

  private URI uri(String path) {
    return URI.create(Urls.withoutSlash(server.toString()) + "/api/v1" + path);
  }

  private String send(HttpRequest.Builder request) {
    return send(request, JSON);
  }

  private String send(HttpRequest.Builder request, String accept) {
    HttpResponse<String> response = exchange(
      request.header("Accept", accept).build(),
      BodyHandlers.ofString()
    );
    if (response.statusCode() / 100 != 2) {
      throw Problem.failure(response.statusCode(), response.body());
    }
    return response.body();
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      // The time-out of a request ends with the headers; this one holds for the body, too.
      return http.sendAsync(request, handler).get(EXCHANGE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unreachable(request.uri(), e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(request.uri(), e);
    }
  }

  private CliFailure unreachable(Throwable cause) {
    return unreachable(server, cause);
  }

  private static CliFailure unreachable(URI uri, Throwable cause) {
    String reason = switch (cause) {
      case ConnectException _ -> "nothing accepts connections there";
      case TimeoutException _ -> "no answer within " + Format.duration(EXCHANGE);
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
    String origin = uri.getScheme() + "://" + uri.getAuthority();
    return new CliFailure(ExitCode.UNAVAILABLE, origin + " does not answer: " + reason, cause);
  }
}
