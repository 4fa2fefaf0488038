package dev.acm2.standalone.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Lets a test in the browser stop and start parts of the system under its open page: `POST` to one of
/// the paths does it, and is answered when it is done: 204, or 500 with what went wrong. Listens on
/// loopback alone, and exists in tests alone.
final class StackControl implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService hand = Executors.newSingleThreadExecutor();

  /// @param actions by path, as `/gateway/stop`; one at a time
  StackControl(Map<String, Runnable> actions) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(hand);
    server.createContext("/", exchange -> answer(exchange, 404, "no such path"));
    actions.forEach((path, action) ->
      server.createContext(path, exchange -> perform(exchange, path, action))
    );
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void perform(HttpExchange exchange, String path, Runnable action)
    throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      answer(exchange, 404, "no such path");
    } else if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, "only POST");
    } else {
      try {
        action.run();
        answer(exchange, 204, "");
      } catch (RuntimeException e) {
        // The test that has asked is the one that must fail, and say why.
        answer(exchange, 500, e.toString());
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    hand.shutdownNow();
  }
}
