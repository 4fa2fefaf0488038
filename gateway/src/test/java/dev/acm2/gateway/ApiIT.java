package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The API over HTTP, with a real broker and a real database, and a scripted orchestrator.
class ApiIT {

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

  @BeforeEach
  void forget() {
    fixture.asked.clear();
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
  void shouldRefuseABodyOfMoreThan10MiB() throws Exception {
    String tooLarge = "x".repeat(10 * 1024 * 1024 + 1);
    assertProblem(fixture.post("/api/v1/runs", tooLarge), 413, "too-large");
    assertThat(fixture.asked).isEmpty();
    fixture.answer = new Answer(201, "{}", null, null);
    assertThat(fixture.post("/api/v1/runs", "x".repeat(10 * 1024 * 1024)).statusCode()).isEqualTo(
      201
    );
  }

  @Test
  void shouldHandWritesOnAndAnswersBack() throws Exception {
    // given
    fixture.answer = new Answer(201, "{\"runId\":\"x\"}", "/api/v1/runs/x", null);

    // when
    HttpResponse<String> response = fixture.send(
      HttpRequest.newBuilder(fixture.at("/api/v1/runs"))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "key-1")
        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"n\"}"))
    );

    // then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/runs/x");
    assertThat(response.body()).isEqualTo("{\"runId\":\"x\"}");
    assertThat(fixture.asked).containsExactly(
      new Asked("POST", "/api/v1/runs", "{\"name\":\"n\"}", "key-1", "application/json")
    );
  }

  @Test
  void shouldHandProblemsBackAsTheyAre() throws Exception {
    // given
    fixture.answer = new Answer(503, "{\"type\":\"urn:acm2:problem:log-unavailable\"}", null, "17");

    // when
    HttpResponse<String> response = fixture.post("/api/v1/runs", "{}");

    // then
    assertProblem(response, 503, "log-unavailable");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("17");
  }

  @Test
  void shouldForwardArtifactsModelsAndCancels() throws Exception {
    // given
    fixture.answer = new Answer(202, "{}", null, null);
    RunId justAccepted = Facts.runId(88_888);

    // when
    fixture.send(
      HttpRequest.newBuilder(fixture.at("/api/v1/artifacts"))
        .header("Content-Type", "text/markdown")
        .POST(HttpRequest.BodyPublishers.ofString("# Text"))
    );
    fixture.get("/api/v1/models");
    fixture.post("/api/v1/runs/" + justAccepted + "/cancel", "{}");

    // then
    assertThat(fixture.asked)
      .extracting(asked -> asked.method() + " " + asked.path())
      .containsExactly(
        "POST /api/v1/artifacts",
        "GET /api/v1/models",
        "POST /api/v1/runs/" + justAccepted + "/cancel"
      );
    assertThat(fixture.asked.getFirst().type()).isEqualTo("text/markdown");
    assertThat(fixture.asked.getFirst().body()).isEqualTo("# Text");
  }

  @Test
  void shouldNotCancelARunThatHasFinished() throws Exception {
    assertProblem(fixture.post("/api/v1/runs/" + RUN + "/cancel", ""), 409, "run-state");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldSayThatTheOrchestratorIsAway() throws Exception {
    try (GatewayFixture own = new GatewayFixture()) {
      // given
      own.orchestrator.stop(0);

      // when
      HttpResponse<String> response = own.post("/api/v1/runs", "{}");

      // then
      assertProblem(response, 503, "orchestrator-unavailable");
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void shouldGiveArtifactsAsDownloads() throws Exception {
    // given
    byte[] content = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    ArtifactRef ref = new PostgresArtifactStore(fixture.dataSource).put(content, "text/html");

    // when
    HttpResponse<String> response = fixture.get("/api/v1/artifacts/" + ref.sha256());

    // then
    assertThat(response.body()).isEqualTo("<script>alert(1)</script>");
    assertThat(response.headers().firstValue("Content-Disposition").orElseThrow()).startsWith(
      "attachment"
    );
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void shouldSetSecurityHeadersOnEveryAnswer() throws Exception {
    for (String path : List.of("/api/v1/runs", "/api/v1/nothing", "/actuator/health", "/")) {
      var headers = fixture.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow()).contains(
        "default-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'"
      );
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
  }

  @Test
  void shouldServeThePageForEveryAddressOfTheUserInterface() throws Exception {
    for (String path : List.of("/", "/new", "/runs/" + RUN, "/index.html")) {
      HttpResponse<String> page = fixture.get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<html");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }
  }

  @Test
  void shouldServeHashedAssetsAsImmutable() throws Exception {
    assertThat(
      fixture.get("/assets/gateway-test.js").headers().firstValue("Cache-Control")
    ).hasValue("public, max-age=31536000, immutable");
    HttpResponse<String> missing = fixture.get("/assets/missing.js");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Cache-Control")).isEmpty();
  }

  @Test
  void shouldVerifyARunAgainstItsLog() throws Exception {
    // when
    JsonNode result = json(fixture.post("/api/v1/runs/" + RUN + "/verify", ""));

    // then everything holds but the deadlines, which lie in the past of the broker's clock
    assertThat(result.get("invariants")).allSatisfy(i ->
      assertThat(i.get("ok").asBoolean()).isEqualTo(!i.get("id").asString().equals("I3"))
    );
    assertThat(result.get("differences").size()).isZero();
    assertThat(result.get("digest").asString()).isEqualTo(
      fixture.projector.projection(RUN).digest()
    );
    assertThat(result.get("attempts").size()).isPositive();
  }

  @Test
  void shouldFindARowThatIsNotTheFoldOfTheLog() throws Exception {
    // given
    RunId run = Facts.runId(1002);
    fixture.projector.execute(
      "UPDATE projection.call SET view = replace(view, '\"iteration\":1', '\"iteration\":7')" +
        " WHERE run_id = '" +
        run +
        "'"
    );

    // when
    JsonNode result = json(fixture.post("/api/v1/runs/" + run + "/verify", ""));
    fixture.projector.writeTables();

    // then
    assertThat(result.get("ok").asBoolean()).isFalse();
    assertThat(result.at("/differences/0").asString()).contains(
      "iteration is 1 in the log and 7 in the tables"
    );
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

  private static void assertProblem(HttpResponse<String> response, int status, String slug) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(requireNonNull(response.headers().firstValue("Content-Type").orElse(""))).startsWith(
      "application/problem+json"
    );
    assertThat(json(response).get("type").asString()).isEqualTo("urn:acm2:problem:" + slug);
  }
}
