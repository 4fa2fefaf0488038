package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Facts;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Writes that are handed on, with a scripted orchestrator.
class ForwardingIT {

  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
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
    fixture.answer = new Answer(202, "{\"models\":[]}", null, null);
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
  void shouldCompleteWhatIsSaidOfModels() throws Exception {
    // given an orchestrator that leaves out what it does not know
    String price =
      "{\"model\":\"openai:m\",\"provider\":\"openai\",\"inputUsdPerMillion\":1.25," +
      "\"outputUsdPerMillion\":10,\"maxOutputTokens\":128000";
    fixture.answer = new Answer(200, "{\"models\":[" + price + "}]}", null, null);

    // then
    assertThat(fixture.get("/api/v1/models").body()).isEqualTo(
      "{\"catalogue\":null,\"models\":[" + price + ",\"searchUsdPerThousand\":null}]}"
    );

    // given one that knows
    String all =
      "{\"catalogue\":{\"asOf\":\"2026-01-01\",\"source\":\"a page\"},\"models\":[" +
      price +
      ",\"searchUsdPerThousand\":25}]}";
    fixture.answer = new Answer(200, all, null, null);

    // then
    assertThat(fixture.get("/api/v1/models").body()).isEqualTo(all);
    assertThat(fixture.get("/api/v1/providers").body()).isEqualTo(
      "{\"providers\":[{\"provider\":\"openai\",\"configured\":false,\"workers\":0}]}"
    );
  }

  @Test
  void shouldHandOnThatModelsAreNotKnown() throws Exception {
    fixture.answer = new Answer(503, "{\"type\":\"urn:acm2:problem:log-unavailable\"}", null, null);

    assertProblem(fixture.get("/api/v1/models"), 503, "log-unavailable");
    assertProblem(fixture.get("/api/v1/providers"), 503, "log-unavailable");
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
}
