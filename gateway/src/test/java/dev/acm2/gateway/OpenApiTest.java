package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// The description of the API is approved: it lies in git, and clients generate their types from it.
/// `mvn verify -Dacm2.approve=true` writes it anew. The gateway runs with neither log nor database.
class OpenApiTest {

  private static final Path APPROVED = Path.of("openapi.json");
  private static ConfigurableApplicationContext gateway;
  private static String description;

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayApplication.application().run(
      "--server.port=0",
      "--acm2.gateway.bootstrap-servers=127.0.0.1:1",
      "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
      "--logging.level.org.apache.kafka=OFF"
    );
    String port = gateway.getEnvironment().getProperty("local.server.port");
    URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/openapi.json");
    try (HttpClient client = HttpClient.newHttpClient()) {
      description = client
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void shouldBeAsApproved() throws IOException {
    // given
    if (Boolean.getBoolean("acm2.approve")) {
      Files.writeString(APPROVED, description.stripTrailing() + "\n");
    }

    // then
    assertThat(description.stripTrailing()).isEqualTo(Files.readString(APPROVED).stripTrailing());
  }

  @Test
  void shouldDescribeEverythingThatItRefersTo() {
    // given
    JsonNode api = ContractJson.VIEWS.readTree(description);
    JsonNode schemas = api.at("/components/schemas");

    // when
    List<String> refs = new ArrayList<>();
    api.findValuesAsString("$ref", refs);

    // then
    assertThat(refs).isNotEmpty();
    assertThat(refs).allSatisfy(ref ->
      assertThat(schemas.has(ref.substring(ref.lastIndexOf('/') + 1))).isTrue()
    );
    assertThat(schemas.propertyNames()).contains(
      "Snapshot",
      "Delta",
      "Reset",
      "Bye",
      "Gone",
      "RunView",
      "CallView",
      "RunSubmission",
      "Problem"
    );
  }

  @Test
  void shouldSayWhatMayBeNull() {
    // given
    JsonNode schemas = ContractJson.VIEWS.readTree(description).at("/components/schemas");
    JsonNode run = schemas.get("RunView");

    // then
    assertThat(strings(run.get("required"))).contains("runId", "outcome", "spec");
    assertThat(strings(run.at("/properties/finishedAt/type"))).containsExactlyInAnyOrder(
      "string",
      "null"
    );
    assertThat(run.at("/properties/runId/type").asString()).isEqualTo("string");
    assertThat(schemas.at("/RunStats/properties/costUsd/type").asString()).isEqualTo("number");
    assertThat(schemas.at("/Limits/properties/callDeadline/type").asString()).isEqualTo("string");
    assertThat(schemas.get("RunSubmission").has("required")).isFalse();
  }

  @Test
  void shouldTellTheKindsOfAResultApart() {
    // given
    JsonNode schemas = ContractJson.VIEWS.readTree(description).at("/components/schemas");

    // then
    assertThat(schemas.at("/CallResult/oneOf").size()).isEqualTo(3);
    assertThat(strings(schemas.at("/CallResultScores/properties/kind/enum"))).containsExactly(
      "scores"
    );
    assertThat(strings(schemas.at("/CallResultScores/required"))).contains("kind", "scores");
  }

  @Test
  void shouldLeaveNoTypeOpen() {
    JsonNode schemas = ContractJson.VIEWS.readTree(description).at("/components/schemas");

    assertThat(schemas).allSatisfy(schema ->
      assertThat(schema.has("properties") || schema.has("enum") || schema.has("oneOf")).isTrue()
    );
  }

  @Test
  void shouldDescribeAllOperations() {
    // given
    JsonNode paths = ContractJson.VIEWS.readTree(description).get("paths");

    // then
    assertThat(Map.of("paths", Set.copyOf(paths.propertyNames()))).isEqualTo(
      Map.of(
        "paths",
        Set.of(
          "/api/v1/events",
          "/api/v1/runs",
          "/api/v1/runs/{id}",
          "/api/v1/runs/{id}/calls",
          "/api/v1/runs/{id}/events",
          "/api/v1/runs/estimate",
          "/api/v1/runs/pace",
          "/api/v1/runs/{id}/cancel",
          "/api/v1/runs/{id}/pause",
          "/api/v1/runs/{id}/resume",
          "/api/v1/runs/{id}/retry",
          "/api/v1/runs/{id}/re-evaluate",
          "/api/v1/runs/{id}/archive",
          "/api/v1/runs/{id}/unarchive",
          "/api/v1/runs/{id}/delete",
          "/api/v1/runs/{id}/history",
          "/api/v1/runs/{id}/calls/{callId}/cancel",
          "/api/v1/runs/{id}/calls/{callId}/events",
          "/api/v1/runs/{id}/log",
          "/api/v1/runs/{id}/log.txt",
          "/api/v1/runs/{id}/sources",
          "/api/v1/runs/{id}/documents/{docId}",
          "/api/v1/runs/{id}/reasons",
          "/api/v1/runs/{id}/export",
          "/api/v1/runs/{id}/export/calls.csv",
          "/api/v1/runs/{id}/export/calls.json",
          "/api/v1/runs/{id}/export/events.jsonl",
          "/api/v1/runs/{id}/export/documents.zip",
          "/api/v1/lanes",
          "/api/v1/lanes/history",
          "/api/v1/lanes/{lane}",
          "/api/v1/workers",
          "/api/v1/runs/{id}/verify",
          "/api/v1/artifacts",
          "/api/v1/artifacts/{sha256}",
          "/api/v1/models",
          "/api/v1/providers",
          "/api/v1/health",
          "/api/v1/presets",
          "/api/v1/presets/{name}",
          "/api/v1/presets/{name}/versions",
          "/api/v1/version",
          "/api/v1/quarantine"
        )
      )
    );
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
