package dev.acm2.gateway;

import com.sun.net.httpserver.HttpServer;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.TestInfrastructure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// A gateway on a real broker and a real database, with a scripted orchestrator behind it.
final class GatewayFixture implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  final KafkaSettings kafka = new KafkaSettings(TestInfrastructure.shared().bootstrapServers());
  final PGSimpleDataSource dataSource = new PGSimpleDataSource();
  final TestProjector projector;
  final HttpServer orchestrator;
  final ConfigurableApplicationContext gateway;
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  volatile Answer answer = new Answer(200, "{}", null, null);

  /// What the orchestrator was asked.
  record Asked(
    String method,
    String path,
    String body,
    @Nullable String key,
    @Nullable String type
  ) {}

  /// What the orchestrator says.
  record Answer(int status, String body, @Nullable String location, @Nullable String retryAfter) {}

  GatewayFixture() throws Exception {
    TopicAdmin.ensureTopics(kafka, (short) 1);
    String url = TestInfrastructure.shared().freshDatabase();
    dataSource.setUrl(url);
    projector = new TestProjector(kafka, dataSource);
    orchestrator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    orchestrator.createContext("/", this::respond);
    orchestrator.start();
    gateway = start(url);
    Await.until("the feed", PATIENCE, () -> gateway.getBean(ViewFeed.class).trouble() == null);
  }

  private ConfigurableApplicationContext start(String url) {
    return GatewayApplication.application().run(
      "--server.port=0",
      "--logging.level.org.apache.kafka=WARN",
      "--spring.datasource.url=" + url,
      "--acm2.gateway.bootstrap-servers=" + kafka.bootstrapServers(),
      "--acm2.gateway.orchestrator-url=http://127.0.0.1:" + orchestrator.getAddress().getPort()
    );
  }

  int port() {
    String port = gateway.getEnvironment().getProperty("local.server.port");
    return Integer.parseInt(String.valueOf(port));
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  EventStream watch(RunId runId) throws IOException, InterruptedException {
    return watch(runId, null, null);
  }

  EventStream watch(RunId runId, @Nullable Client known, @Nullable String lastEventId)
    throws IOException, InterruptedException {
    return new EventStream(at("/api/v1/runs/" + runId + "/events"), runId, known, lastEventId);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(path)));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(
      HttpRequest.newBuilder(at(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
    );
  }

  static JsonNode json(HttpResponse<String> response) {
    return ContractJson.VIEWS.readTree(response.body());
  }

  private void respond(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      asked.add(
        new Asked(
          exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(),
          body,
          headers.getFirst("Idempotency-Key"),
          headers.getFirst("Content-Type")
        )
      );
      Answer now = answer;
      String type = now.status() < 400 ? "application/json" : "application/problem+json";
      exchange.getResponseHeaders().add("Content-Type", type);
      if (now.location() != null) {
        exchange.getResponseHeaders().add("Location", now.location());
      }
      if (now.retryAfter() != null) {
        exchange.getResponseHeaders().add("Retry-After", now.retryAfter());
      }
      byte[] bytes = now.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(now.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    gateway.close();
    orchestrator.stop(0);
    projector.close();
    http.shutdownNow();
  }
}
