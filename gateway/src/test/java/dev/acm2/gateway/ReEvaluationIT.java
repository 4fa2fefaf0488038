package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Reuse;
import dev.acm2.contract.RunSubmission.Reused;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the orchestrator is asked for when a finished run is evaluated again.
class ReEvaluationIT {

  private static final String BODY =
    "{\"evaluation\":{\"judges\":[{\"model\":\"openai:gpt-5-mini\"}]},\"limits\":{\"maxPaidCalls\":9}}";
  private static final String INSTRUCTIONS = "Summarise.";
  private static final AtomicInteger NUMBERS = new AtomicInteger(1500);
  private static GatewayFixture fixture;

  private final RunId runId = Facts.runId(NUMBERS.incrementAndGet());
  private final Story story = new Story(runId, 2);
  private final String address = "/api/v1/runs/" + runId + "/re-evaluate";

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void accept() {
    fixture.asked.clear();
    fixture.answer = new Answer(201, "{\"runId\":\"x\"}", "/api/v1/runs/x", null);
  }

  @Test
  void shouldAskForTheDocumentsThatWereWritten() throws Exception {
    // given one document, one failure
    RunSpec spec = Specs.run(1, 2, Story.MODEL.toString());
    told(story.started(1, 1).succeeded(1, 1).started(2, 1).failed(2, 1).finished(Outcome.FAILED));
    PostgresArtifactStore store = new PostgresArtifactStore(fixture.dataSource);
    String instructions = store
      .put(INSTRUCTIONS.getBytes(StandardCharsets.UTF_8), "text/markdown")
      .sha256();
    assertThat(instructions).isEqualTo(spec.instructions().sha256());

    // when
    HttpResponse<String> answer = fixture.send(
      HttpRequest.newBuilder(fixture.at(address))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "key-1")
        .POST(HttpRequest.BodyPublishers.ofString(BODY))
    );

    // then
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/runs/x");
    var asked = fixture.asked.getFirst();
    assertThat(asked.path()).isEqualTo("/api/v1/runs");
    assertThat(asked.key()).isEqualTo("key-1");
    RunSubmission sent = ContractJson.INPUT.readValue(asked.body(), RunSubmission.class);
    assertThat(sent.name()).isEqualTo(spec.name() + " (evaluated again)");
    assertThat(sent.instructions()).isEqualTo(INSTRUCTIONS);
    assertThat(sent.documents()).containsExactly(
      new RunSubmission.Document("doc-1.md", null, spec.documents().getFirst().artifact().sha256())
    );
    assertThat(String.valueOf(sent.generation())).contains("model=openai:gpt-5.1, iterations=2");
    assertThat(String.valueOf(sent.evaluation())).contains("openai:gpt-5-mini");
    assertThat(String.valueOf(sent.limits())).contains("maxPaidCalls=9");
    assertThat(sent.reuse()).isEqualTo(
      new Reuse(
        runId.toString(),
        List.of(new Reused("doc-1.md", Story.MODEL.toString(), 1, Story.TEXT.sha256()))
      )
    );
  }

  @Test
  void shouldRefuseARunThatHasNotFinishedOrWroteNothing() throws Exception {
    told(story.started(1, 1).succeeded(1, 1));
    assertProblem(fixture.post(address, BODY), 409, "run-state");

    RunId empty = Facts.runId(NUMBERS.incrementAndGet());
    told(new Story(empty, 1).started(1, 1).failed(1, 1).finished(Outcome.FAILED));
    HttpResponse<String> answer = fixture.post("/api/v1/runs/" + empty + "/re-evaluate", BODY);
    assertProblem(answer, 409, "run-state");
    assertThat(answer.body()).contains("no document");
    assertThat(fixture.asked).isEmpty();
  }

  @Test
  void shouldRefuseWhatItDoesNotUnderstand() throws Exception {
    assertProblem(fixture.post(address, BODY), 404, "run-not-found");
    assertProblem(fixture.post(address, "{nonsense"), 400, "malformed-json");
    assertProblem(fixture.post(address, ""), 400, "malformed-json");
    assertProblem(fixture.post(address, "{\"documents\":[]}"), 400, "unknown-field");
    HttpResponse<String> wrong = fixture.post(address, "{\"evaluation\":{\"judges\":7}}");
    assertProblem(wrong, 422, "validation");
    assertThat(wrong.body()).contains("\"field\":\"evaluation.judges\"");
    assertThat(fixture.asked).isEmpty();
  }

  private static void told(Story story) throws Exception {
    for (RecordedEvent event : story.log()) {
      fixture.projector.publish(event);
    }
    fixture.projector.writeTables();
  }
}
