package dev.acm2.providersimulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A running simulator and a real HTTP client for it.
final class SimulatedProvider implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String KEY = "sk-canary-5f0c1d";
  static final String MODEL = "gpt-5.1";

  final ProviderSimulator simulator;
  private final HttpClient client = HttpClient.newHttpClient();

  SimulatedProvider(SimulatorOptions options) {
    simulator = ProviderSimulator.start(options);
  }

  static SimulatorOptions immediate() {
    return immediate(1);
  }

  static SimulatorOptions immediate(long seed) {
    return immediate(seed, Duration.ofSeconds(1));
  }

  static SimulatorOptions immediate(Duration retryAfter) {
    return immediate(1, retryAfter);
  }

  private static SimulatorOptions immediate(long seed, Duration retryAfter) {
    return new SimulatorOptions(
      "127.0.0.1",
      0,
      seed,
      1,
      Duration.ZERO,
      FaultShares.NONE,
      retryAfter,
      null,
      JudgeOptions.DEFAULTS
    );
  }

  static ObjectNode responses(String model, String prompt) {
    ObjectNode request = JSON.createObjectNode();
    request
      .put("model", model)
      .putArray("input")
      .addObject()
      .put("role", "user")
      .put("content", prompt);
    return request;
  }

  static ObjectNode chat(String model, String prompt) {
    ObjectNode request = JSON.createObjectNode();
    request
      .put("model", model)
      .putArray("messages")
      .addObject()
      .put("role", "user")
      .put("content", prompt);
    return request;
  }

  HttpResponse<String> post(JsonNode body) throws Exception {
    return post(Dialect.RESPONSES.path, JSON.writeValueAsString(body), KEY, null);
  }

  HttpResponse<String> post(
    String path,
    String body,
    @Nullable String key,
    @Nullable String requestId
  ) throws Exception {
    HttpRequest request = request(path, body, key, requestId);
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> postAsync(String model, String requestId) {
    HttpRequest request = request(
      Dialect.RESPONSES.path,
      JSON.writeValueAsString(responses(model, "# Order 14265")),
      KEY,
      requestId
    );
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(Dialect dialect, String model, JsonNode body) throws Exception {
    return post(Wire.path(dialect, model), body.toString(), Wire.headers(dialect, KEY));
  }

  HttpResponse<String> post(String path, String body, Map<String, String> headers)
    throws Exception {
    return client.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<InputStream>> streamAsync(
    Dialect dialect,
    String model,
    JsonNode body
  ) {
    HttpRequest request = request(
      Wire.path(dialect, model),
      body.toString(),
      Wire.headers(dialect, KEY)
    );
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  HttpResponse<InputStream> stream(JsonNode body) throws Exception {
    HttpRequest request = request(Dialect.RESPONSES.path, JSON.writeValueAsString(body), KEY, null);
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  HttpResponse<String> control(String method, String path, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
      .method(method, HttpRequest.BodyPublishers.ofString(body))
      .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  LedgerEntry lastEntry() {
    return simulator.ledger().entries().getLast();
  }

  LedgerEntry lastFinished() {
    await(() -> lastEntry().finishedAt() != null);
    return lastEntry();
  }

  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("condition came true in 10 s").isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    simulator.close();
  }

  private HttpRequest request(
    String path,
    String body,
    @Nullable String key,
    @Nullable String requestId
  ) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
      .timeout(Duration.ofSeconds(20))
      .POST(HttpRequest.BodyPublishers.ofString(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (requestId != null) {
      request.header("X-Client-Request-Id", requestId);
    }
    return request.build();
  }

  private HttpRequest request(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
      .timeout(Duration.ofSeconds(20))
      .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }
}
