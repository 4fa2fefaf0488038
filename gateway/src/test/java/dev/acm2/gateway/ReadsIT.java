package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Reads over HTTP, with a real broker and a real database.
class ReadsIT {

  private static final RunId RUN = Facts.runId(1001);
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    for (int run = 1001; run <= 1005; run++) {
      for (RecordedEvent event : RandomRun.log(run, Facts.runId(run), 1)) {
        fixture.projector.publish(event);
      }
    }
    fixture.projector.writeTables();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldPageThroughRunsNewestFirst() throws Exception {
    // when
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = json(fixture.get("/api/v1/runs?limit=2" + cursor));
      page.get("items").forEach(run -> seen.add(run.get("runId").asString()));
      assertThat(page.get("items")).allSatisfy(run ->
        assertThat(run.get("spec").isNull()).isTrue()
      );
      cursor = page.get("nextCursor").isNull()
        ? ""
        : "&cursor=" + page.get("nextCursor").asString();
    } while (!cursor.isEmpty());

    // then all were requested at the same moment, so their ids decide
    assertThat(seen).containsExactly(
      "" + Facts.runId(1005),
      "" + Facts.runId(1004),
      "" + Facts.runId(1003),
      "" + Facts.runId(1002),
      "" + RUN
    );
  }

  @Test
  void shouldGiveARunWithItsSpecAndPagesOfItsCalls() throws Exception {
    // when
    JsonNode run = json(fixture.get("/api/v1/runs/" + RUN));
    JsonNode first = json(fixture.get("/api/v1/runs/" + RUN + "/calls?limit=4"));
    String cursor = first.get("nextCursor").asString();
    JsonNode second = json(fixture.get("/api/v1/runs/" + RUN + "/calls?limit=4&cursor=" + cursor));
    JsonNode ok = json(fixture.get("/api/v1/runs/" + RUN + "/calls?state=OK"));

    // then
    assertThat(run.at("/spec/generation/models").size()).isEqualTo(3);
    assertThat(first.get("items").size()).isEqualTo(4);
    assertThat(second.get("items").size()).isEqualTo(2);
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(first.get("asOf")).isEqualTo(run.get("asOf"));
    assertThat(ok.get("items").size()).isEqualTo(run.at("/stats/ok").asInt());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/runs?limit=0, 400, invalid-cursor",
    "/api/v1/runs?limit=1001, 400, invalid-cursor",
    "/api/v1/runs?limit=x, 400, invalid-request",
    "/api/v1/runs?cursor=forged, 400, invalid-cursor",
    "/api/v1/runs/..%2f..%2fetc, 400, invalid-id",
    "/api/v1/runs/019B76DA-A800-7001-8000-000000000001, 400, invalid-id",
    "/api/v1/runs/not-an-id/events, 400, invalid-id",
    "/api/v1/runs/{run}/calls?state=WEIRD, 400, invalid-state",
    "/api/v1/runs/{run}/calls?cursor=forged, 400, invalid-cursor",
    "/api/v1/artifacts/xyz, 400, invalid-id",
    "/api/v1/artifacts/0000000000000000000000000000000000000000000000000000000000000000, 404, artifact-not-found",
    "/api/v1/nothing, 404, not-found",
    "/api, 404, not-found",
    "/missing.js, 404, not-found",
  })
  void shouldAnswerBadRequestsWithProblems(String path, int status, String slug) throws Exception {
    HttpResponse<String> response = fixture.get(path.replace("{run}", "" + RUN));
    assertProblem(response, status, slug);
  }

  @Test
  void shouldAnswerAnUnknownRunWith404() throws Exception {
    assertProblem(fixture.get("/api/v1/runs/" + Facts.runId(77_777)), 404, "run-not-found");
  }

  @Test
  void shouldAnswerWrongMethodsAndTypesWithProblems() throws Exception {
    // when
    HttpResponse<String> put = fixture.send(
      HttpRequest.newBuilder(fixture.at("/api/v1/runs")).PUT(HttpRequest.BodyPublishers.noBody())
    );
    HttpResponse<String> image = fixture.send(
      HttpRequest.newBuilder(fixture.at("/api/v1/runs")).header("Accept", "image/png")
    );
    HttpResponse<String> text = fixture.send(
      HttpRequest.newBuilder(fixture.at("/api/v1/runs"))
        .header("Content-Type", "text/plain")
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
    );

    // then
    assertProblem(put, 405, "method-not-allowed");
    assertThat(put.headers().firstValue("Allow").orElseThrow()).contains("GET").contains("POST");
    assertProblem(image, 406, "not-acceptable");
    assertProblem(text, 415, "unsupported-media-type");
  }

  @Test
  void shouldTellVersionAndQuarantine() throws Exception {
    // given
    fixture.projector.execute(
      "INSERT INTO projection.producer VALUES ('fpf-worker', 'w-1', 'abc', now())" +
        " ON CONFLICT DO NOTHING"
    );
    fixture.projector.execute(
      "INSERT INTO projection.quarantine VALUES ('acm2.events', 1, 7, 'noise', NULL, NULL, now())" +
        " ON CONFLICT DO NOTHING"
    );

    // when
    JsonNode version = json(fixture.get("/api/v1/version"));
    JsonNode quarantine = json(fixture.get("/api/v1/quarantine"));

    // then
    assertThat(version.get("buildId").asString()).isNotEmpty();
    assertThat(version.get("generation").asInt()).isEqualTo(1);
    assertThat(version.at("/services/0/service").asString()).isEqualTo("fpf-worker");
    assertThat(quarantine.get("count").asInt()).isEqualTo(1);
    assertThat(quarantine.at("/items/0/offset").asInt()).isEqualTo(7);
  }

  @Test
  void shouldSayThatTheTablesCannotBeRead() throws Exception {
    try (GatewayFixture own = new GatewayFixture()) {
      own.projector.execute("DROP SCHEMA projection CASCADE; DROP SCHEMA artifact CASCADE");
      for (String path : List.of(
        "/runs",
        "/runs/" + RUN,
        "/runs/" + RUN + "/events",
        "/artifacts/" + "a".repeat(64)
      )) {
        HttpResponse<String> response = own.get("/api/v1" + path);
        assertProblem(response, 503, "store-unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
      }
    }
  }
}
