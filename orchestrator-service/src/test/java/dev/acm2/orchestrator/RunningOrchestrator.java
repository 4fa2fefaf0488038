package dev.acm2.orchestrator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real application on a real broker and a real database.
final class RunningOrchestrator implements AutoCloseable {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  private RunningOrchestrator(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static RunningOrchestrator start(
    String bootstrapServers,
    String database,
    Path stateDir,
    Map<String, String> more
  ) {
    Map<String, String> settings = new java.util.LinkedHashMap<>();
    settings.put("server.port", "0");
    settings.put("spring.datasource.url", database);
    settings.put("acm2.orchestrator.bootstrap-servers", bootstrapServers);
    settings.put("acm2.orchestrator.state-dir", stateDir.toString());
    settings.putAll(more);
    String[] args = settings
      .entrySet()
      .stream()
      .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
      .toArray(String[]::new);
    return new RunningOrchestrator(OrchestratorApplication.application().run(args));
  }

  /// An answer with its JSON.
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      return MAPPER.readTree(response.body());
    }

    String slug() {
      return json().path("type").asString().replace("urn:acm2:problem:", "");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Answer postRun(String body, String... headers) throws IOException, InterruptedException {
    return post("/api/v1/runs", body.getBytes(StandardCharsets.UTF_8), "application/json", headers);
  }

  Answer post(String path, byte[] body, String type, String... headers)
    throws IOException, InterruptedException {
    return send(path, request -> {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).header("Content-Type", type);
      if (headers.length > 0) {
        request.headers(headers);
      }
    });
  }

  Answer send(String path, Consumer<HttpRequest.Builder> change)
    throws IOException, InterruptedException {
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest.Builder request = HttpRequest.newBuilder(
      URI.create("http://127.0.0.1:" + port + path)
    );
    change.accept(request);
    return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
