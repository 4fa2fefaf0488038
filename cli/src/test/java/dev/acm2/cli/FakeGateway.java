package dev.acm2.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// An HTTP server that answers what the test tells it and remembers what it was asked.
final class FakeGateway implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /// A request as it came in.
  record Asked(String method, String uri, String body, Map<String, String> headers) {}

  /// @param open the connection stays open after the body
  private record Answer(int status, String mediaType, String body, boolean open) {}

  static FakeGateway start() {
    try {
      return new FakeGateway();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The next answer to this request; the last one given is repeated.
  FakeGateway on(String methodAndUri, int status, String body) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    return add(methodAndUri, new Answer(status, type, body, false));
  }

  /// A stream of these lines that the server then ends.
  FakeGateway stream(String uri, String... lines) {
    return add(
      "GET " + uri,
      new Answer(200, "text/event-stream", String.join("\n", lines) + "\n", false)
    );
  }

  /// A stream of these lines that stays open.
  FakeGateway openStream(String uri, String... lines) {
    return add(
      "GET " + uri,
      new Answer(200, "text/event-stream", String.join("\n", lines) + "\n", true)
    );
  }

  private FakeGateway add(String methodAndUri, Answer answer) {
    synchronized (answers) {
      answers.computeIfAbsent(methodAndUri, _ -> new ArrayDeque<>()).add(answer);
    }
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    Map<String, String> headers = new HashMap<>();
    exchange
      .getRequestHeaders()
      .forEach((name, values) ->
        headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst())
      );
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(new Asked(exchange.getRequestMethod(), uri, body, headers));
    Answer answer = next(exchange.getRequestMethod() + " " + uri);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", answer.mediaType());
    exchange.sendResponseHeaders(
      answer.status(),
      answer.open() ? 0 : bytes.length == 0 ? -1 : bytes.length
    );
    OutputStream out = exchange.getResponseBody();
    out.write(bytes);
    out.flush();
    if (!answer.open()) {
      exchange.close();
    }
  }

  private Answer next(String methodAndUri) {
    synchronized (answers) {
      @Nullable
      Deque<Answer> scripted = answers.get(methodAndUri);
      if (scripted == null || scripted.isEmpty()) {
        return new Answer(
          404,
          "application/problem+json",
          "{\"title\":\"unscripted " + methodAndUri + "\"}",
          false
        );
      }
      return scripted.size() > 1 ? scripted.removeFirst() : scripted.getFirst();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  /// What the command printed and answered.
  record Outcome(int exitCode, String out, String err) {}

  /// Runs the real command line against this server.
  Outcome run(String... args) {
    List<String> all = new java.util.ArrayList<>(List.of(args));
    all.addAll(1, List.of("--server", url()));
    return acm2(all.toArray(String[]::new));
  }

  static Outcome acm2(String... args) {
    var out = new java.io.StringWriter();
    var err = new java.io.StringWriter();
    try (
      var outWriter = new java.io.PrintWriter(out);
      var errWriter = new java.io.PrintWriter(err)
    ) {
      int code = Acm2.execute(outWriter, errWriter, args);
      outWriter.flush();
      errWriter.flush();
      return new Outcome(code, out.toString(), err.toString());
    } catch (UncheckedIOException e) {
      throw new AssertionError(e);
    }
  }
}
