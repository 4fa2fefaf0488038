package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.Submissions.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.Sha256;
import dev.acm2.orchestrator.RunningOrchestrator.Answer;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.TestInfrastructure;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.core.JacksonException;

class ProblemsIT {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path stateDir;

  @SuppressWarnings("NullAway.Init")
  private static RunningOrchestrator service;

  @BeforeAll
  static void start() {
    service = RunningOrchestrator.start(
      TestInfrastructure.shared().bootstrapServers(),
      TestInfrastructure.shared().freshDatabase(),
      stateDir,
      Map.of()
    );
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    quoteCharacter = '`',
    value = {
      "{\"name\": | 400 | malformed-json | ``",
      "`` | 400 | empty-body | ``",
      "{\"name\":1,\"name\":2} | 400 | duplicate-key | name",
      "{\"baseUrl\":\"http://x\"} | 400 | unknown-field | baseUrl",
      "{} | 422 | validation | name",
      "{\"name\":\"a\\u0000\"} | 422 | invalid-text | name",
    }
  )
  void shouldAnswerABadBodyWithAProblem(String body, int status, String slug, String field)
    throws Exception {
    Answer answer = service.postRun(body);

    assertProblem(answer, status, slug);
    assertThat(answer.json().path("field").asString("")).isEqualTo(field);
  }

  @Test
  void shouldRefuseWhatIsTooDeepOrTooLarge() throws Exception {
    assertProblem(service.postRun("[".repeat(10_000)), 400, "too-deep");
    byte[] large = new byte[10 * 1024 * 1024 + 1];
    assertProblem(service.post("/api/v1/artifacts", large, "text/plain"), 413, "too-large");
    assertProblem(service.post("/api/v1/runs", large, "application/json"), 413, "too-large");
  }

  @Test
  void shouldRefuseOtherMediaTypesAndMethods() throws Exception {
    assertProblem(
      service.post("/api/v1/runs", new byte[] { '{', '}' }, "text/plain"),
      415,
      "unsupported-media-type"
    );
    assertProblem(
      service.post(
        "/api/v1/runs",
        new byte[] { '{', '}' },
        "application/json",
        "Accept",
        "image/png"
      ),
      406,
      "not-acceptable"
    );
    Answer put = service.send("/api/v1/runs", request -> request.PUT(BodyPublishers.noBody()));
    assertProblem(put, 405, "method-not-allowed");
    assertThat(put.header("Allow")).contains("POST");
    assertProblem(service.send("/nowhere", request -> request.GET()), 404, "not-found");
  }

  @Test
  void shouldNotFindUnknownRuns() throws Exception {
    for (String id : new String[] { UUID.randomUUID().toString(), "no-id" }) {
      assertProblem(
        service.post("/api/v1/runs/" + id + "/cancel", new byte[0], "application/json"),
        404,
        "run-not-found"
      );
    }
  }

  @Test
  void shouldRefuseUnusableKeys() throws Exception {
    String body = Submissions.json(run -> {});

    assertProblem(
      service.postRun(body, "Idempotency-Key", "k".repeat(256)),
      400,
      "invalid-idempotency-key"
    );
    assertProblem(
      service.postRun(body, "Idempotency-Key", "k".repeat(10_000)),
      400,
      "invalid-idempotency-key"
    );
  }

  @Test
  void shouldMakeOneRunOfOneKey() throws Exception {
    String body = Submissions.json(run -> {});
    Answer first = service.postRun(body, "Idempotency-Key", "one");
    Answer second = service.postRun(body, "Idempotency-Key", "one");
    Answer other = service.postRun(body + " ", "Idempotency-Key", "one");
    Answer without = service.postRun(body);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertProblem(other, 422, "idempotency-mismatch");
    assertThat(without.json().path("runId")).isNotEqualTo(first.json().path("runId"));
  }

  @Test
  void shouldAppendARunAgainThatWasNotSeenInTheLog() throws Exception {
    String body = Submissions.json(run -> {});
    Answer first = service.postRun(body, "Idempotency-Key", "lost");
    String runId = first.json().path("runId").asString();
    AcceptedRuns runs = service.bean(AcceptedRuns.class);
    runs
      .jdbc()
      .sql("UPDATE orchestrator.accepted_run SET appended = false WHERE idempotency_key = 'lost'")
      .update();

    Answer again = service.postRun(body, "Idempotency-Key", "lost");

    assertThat(again.json().path("runId").asString()).isEqualTo(runId);
    assertThat(runs.findByKey("lost")).hasValueSatisfying(run ->
      assertThat(run.appended()).isTrue()
    );
  }

  @Test
  void shouldKeepArtifactsAndTakeThemAsDocuments() throws Exception {
    byte[] text = "An order".getBytes(StandardCharsets.UTF_8);
    Answer stored = service.post("/api/v1/artifacts", text, "text/markdown");
    assertThat(stored.status()).isEqualTo(201);
    assertThat(stored.json().path("sha256").asString()).isEqualTo(Sha256.hex(text));
    assertThat(stored.json().path("mediaType").asString()).isEqualTo("text/markdown");

    Answer run = service.postRun(withArtifact(Sha256.hex(text)));

    assertThat(run.status()).isEqualTo(201);
    assertThat(run.json().at("/spec/documents/0/artifact/sha256").asString()).isEqualTo(
      Sha256.hex(text)
    );
  }

  @Test
  void shouldRefuseArtifactsThatAreMissingOrNoText() throws Exception {
    byte[] binary = { 0, 1, 2 };
    service.post("/api/v1/artifacts", binary, "application/octet-stream");

    assertProblem(service.postRun(withArtifact("0".repeat(64))), 422, "unknown-artifact");
    assertProblem(service.postRun(withArtifact(Sha256.hex(binary))), 422, "not-text");
    assertProblem(service.post("/api/v1/artifacts", new byte[0], "text/plain"), 400, "empty-body");
  }

  @Test
  void shouldOfferItsModels() throws Exception {
    Answer answer = service.send("/api/v1/models", request -> request.GET());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/models/0/model").asString()).isEqualTo("openai:gpt-5.1");
    assertThat(answer.json().at("/models/0/provider").asString()).isEqualTo("openai");
    assertThat(answer.json().at("/models/0/outputUsdPerMillion").asInt()).isEqualTo(10);
    assertThat(answer.json().at("/models/0/searchUsdPerThousand").isNumber()).isTrue();
    assertThat(answer.json().at("/catalogue/asOf").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(answer.json().at("/catalogue/source").asString()).isNotBlank();
  }

  @Test
  void shouldBeHealthy() throws Exception {
    Await.until(
      "healthy",
      Duration.ofSeconds(60),
      () ->
        service.bean(OrchestratorStreams.class).health().getStatus().equals(Status.UP) &&
        service.send("/actuator/health", request -> request.GET()).status() == 200
    );
    Answer health = service.send("/actuator/health", request -> request.GET());
    assertThat(
      health.json().at("/components/orchestratorStreams/details/threadsAlive").asInt()
    ).isEqualTo(2);
    assertProblem(service.send("/actuator/env", request -> request.GET()), 404, "not-found");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void shouldSayInOneLineThatItsModelsCannotBeRead(CapturedOutput output, @TempDir Path folder)
    throws IOException {
    Path broken = Files.writeString(folder.resolve("models.json"), "{");
    Map<String, String> settings = Map.of("acm2.orchestrator.models-file", broken.toString());

    assertThatThrownBy(() ->
      RunningOrchestrator.start(
        TestInfrastructure.shared().bootstrapServers(),
        TestInfrastructure.shared().freshDatabase(),
        folder,
        settings
      )
    ).hasRootCauseInstanceOf(JacksonException.class);
    assertThat(output)
      .contains("no model catalogue: " + broken)
      .doesNotContain("\tat ");
  }

  private static String withArtifact(String sha256) {
    return Submissions.json(run -> document(run).put("artifact", sha256).remove("content"));
  }

  private static void assertProblem(Answer answer, int status, String slug) {
    assertThat(answer.slug()).isEqualTo(slug);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("detail").asString()).isNotBlank();
  }
}
