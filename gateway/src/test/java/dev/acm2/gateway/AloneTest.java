package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// A gateway with neither log nor database nor orchestrator.
class AloneTest {

  private static ConfigurableApplicationContext gateway;

  @BeforeAll
  static void start() {
    gateway = GatewayApplication.application().run(
      "--server.port=0",
      "--acm2.gateway.bootstrap-servers=127.0.0.1:1",
      "--acm2.gateway.orchestrator-url=http://127.0.0.1:1",
      "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
      "--spring.datasource.hikari.connection-timeout=300",
      "--logging.level.org.apache.kafka=OFF",
      "--logging.level.dev.acm2.gateway=OFF"
    );
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void shouldSayWhatIsNotThere() throws Exception {
    assertThat(json(get("/health")).toString()).isEqualTo(
      "{\"services\":[],\"log\":\"DOWN\",\"store\":\"DOWN\",\"projector\":{\"behindEvents\":null}}"
    );
  }

  @Test
  void shouldAskToComeBackForPresets() throws Exception {
    HttpResponse<String> answer = get("/presets");

    assertProblem(answer, 503, "store-unavailable");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void shouldAskToComeBackForModelsAndProviders() throws Exception {
    assertProblem(get("/models"), 503, "orchestrator-unavailable");
    assertProblem(get("/providers"), 503, "log-unavailable");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    String port = gateway.getEnvironment().getProperty("local.server.port");
    URI address = URI.create("http://127.0.0.1:" + port + "/api/v1" + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
        HttpRequest.newBuilder(address).build(),
        HttpResponse.BodyHandlers.ofString()
      );
    }
  }
}
