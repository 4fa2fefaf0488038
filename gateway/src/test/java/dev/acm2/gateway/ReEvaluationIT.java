package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSubmission;
import dev.acm2.contract.RunSubmission.Reuse;
import dev.acm2.contract.RunSubmission.Reused;
import dev.acm2.contract.Suspicion;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.projection.Evaluations;
import dev.acm2.projection.SourceView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import dev.acm2.testkit.Specs;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the orchestrator is asked for when a finished run is evaluated again.
class ReEvaluationIT {

  private static final String BODY =
    "{\"evaluation\":{\"judges\":[{\"model\":\"openai:gpt-5-mini\"}]},\"limits\":{\"maxPaidCalls\":9}}";
  private static final String INSTRUCTIONS = "Summarise.";
  private static final String COMBINING = "Make one out of the two.";
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
    assertThat(store(INSTRUCTIONS).sha256()).isEqualTo(spec.instructions().sha256());

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
  void shouldJudgeAsBeforeUnlessSomethingElseIsAskedFor() throws Exception {
    // given
    RunSpec spec = JudgedRun.spec(1);
    RunSpec.Evaluation before = requireNonNull(spec.evaluation());
    publish(JudgedRun.smoothLog(7, runId, 1));
    store(INSTRUCTIONS);
    store(COMBINING);

    // when
    RunSubmission sent = asked("{\"maskSuspicions\":true}");

    // then all that was set then is set now
    assertThat(requireNonNull(sent.reuse()).maskSuspicions()).isTrue();
    RunSubmission.Evaluation evaluation = requireNonNull(sent.evaluation());
    assertThat(tree(evaluation.rubric())).isEqualTo(tree(before.rubric()));
    assertThat(tree(evaluation.judges())).isEqualTo(tree(before.judges()));
    assertThat(tree(evaluation.pairwise())).isEqualTo(tree(before.pairwise()));
    assertThat(evaluation.iterations()).isEqualTo(before.iterations());
    assertThat(evaluation.seed()).isEqualTo(before.seed());
    RunSubmission.Combine combine = requireNonNull(sent.combine());
    assertThat(combine.instructions()).isEqualTo(COMBINING);
    assertThat(tree(combine.models())).isEqualTo(tree(requireNonNull(spec.combine()).models()));

    // when other judges are asked for, nothing is combined unless that is asked for too
    RunSubmission other = asked(BODY);

    // then
    assertThat(other.combine()).isNull();
    assertThat(requireNonNull(other.reuse()).maskSuspicions()).isNull();
  }

  @Test
  void shouldSayWhatTheDocumentsWereGivenBefore() throws Exception {
    // given
    publish(JudgedRun.smoothLog(7, runId, 1));
    store(INSTRUCTIONS);
    SourceView source = Evaluations.of(
      runId,
      JudgedRun.spec(1),
      fixture.projector.projection(runId).calls()
    ).getFirst();
    Map<String, @Nullable Double> means = new HashMap<>();
    for (SourceView.Document document : source.documents()) {
      source
        .scores()
        .stream()
        .filter(score -> score.document().equals(document.docId()))
        .forEach(score -> means.put(document.output().sha256(), score.mean()));
    }

    // when
    List<@Nullable Reused> outputs = requireNonNull(requireNonNull(asked(BODY).reuse()).outputs());

    // then every generated document has its own score
    assertThat(means).hasSizeGreaterThan(2).doesNotContainValue(null);
    assertThat(outputs)
      .extracting(reused -> requireNonNull(reused).artifact())
      .containsExactlyInAnyOrderElementsOf(means.keySet());
    assertThat(outputs).allSatisfy(reused ->
      assertThat(requireNonNull(reused).earlierScore()).isEqualTo(means.get(reused.artifact()))
    );
  }

  @Test
  void shouldTakeWhatWasWrittenWhereItWasMaskedForTheJudges() throws Exception {
    // given a run that judged a text of another run without its suspicious passage
    ArtifactRef original = ArtifactRef.of("as written".getBytes(UTF_8), "text/markdown");
    RunSpec plain = Specs.run(1, 1, Story.MODEL.toString());
    RunSpec.Reused taken = new RunSpec.Reused(
      "doc-1.md",
      Story.MODEL,
      1,
      Story.TEXT,
      "text",
      List.of(new Suspicion(Suspicion.Kind.DEMAND, 0, "as")),
      original,
      3.5
    );
    RunSpec spec = new RunSpec(
      plain.name(),
      plain.documents(),
      plain.instructions(),
      plain.generation(),
      plain.limits(),
      null,
      null,
      new RunSpec.Reuse(Facts.runId(1), List.of(taken))
    );
    store(INSTRUCTIONS);
    told(new Story(runId, 1, spec).takenOver(1).finished(Outcome.COMPLETED));

    // then
    assertThat(requireNonNull(asked(BODY).reuse()).outputs()).containsExactly(
      new Reused("doc-1.md", Story.MODEL.toString(), 1, original.sha256(), 3.5)
    );
  }

  @Test
  void shouldRefuseToJudgeAsBeforeWhatWasNotJudged() throws Exception {
    told(story.started(1, 1).succeeded(1, 1).finished(Outcome.COMPLETED));
    store(INSTRUCTIONS);

    HttpResponse<String> answer = fixture.post(address, "{}");

    assertProblem(answer, 422, "validation");
    assertThat(answer.body()).contains("\"field\":\"evaluation\"");
    assertThat(fixture.asked).isEmpty();
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

  /// What the orchestrator is asked for.
  private RunSubmission asked(String body) throws Exception {
    fixture.asked.clear();
    HttpResponse<String> answer = fixture.post(address, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return ContractJson.INPUT.readValue(fixture.asked.getFirst().body(), RunSubmission.class);
  }

  private static ArtifactRef store(String text) {
    return new PostgresArtifactStore(fixture.dataSource).put(text.getBytes(UTF_8), "text/markdown");
  }

  private static JsonNode tree(@Nullable Object value) {
    return ContractJson.EVENTS.readTree(ContractJson.EVENTS.writeValueAsString(value));
  }

  private static void told(Story story) throws Exception {
    publish(story.log());
  }

  private static void publish(List<RecordedEvent> log) throws Exception {
    fixture.projector.publishAndWrite(log);
  }
}
