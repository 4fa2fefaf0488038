package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.artifactstore.PostgresArtifactStore;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.projection.Evaluations;
import dev.acm2.projection.SourceView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What judges said of a run's documents, over HTTP.
class EvaluationIT {

  private static final RunId RUN = Facts.runId(1300);
  private static final String ADDRESS = "/api/v1/runs/" + RUN;
  private static GatewayFixture fixture;
  private static List<RecordedEvent> log;
  private static SourceView source;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    log = JudgedRun.smoothLog(7, RUN, 1);
    publish(log);
    source = Evaluations.of(
      RUN,
      JudgedRun.spec(1),
      fixture.projector.projection(RUN).calls()
    ).getFirst();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldGiveWhatBecameOfEverySource() throws Exception {
    // when
    JsonNode sources = json(fixture.get(ADDRESS + "/sources"));

    // then
    assertThat(sources.get("items").size()).isEqualTo(1);
    assertThat(sources.at("/items/0").toString()).isEqualTo(
      ContractJson.VIEWS.writeValueAsString(source)
    );
    assertThat(sources.at("/items/0/winner/by").asString()).isEqualTo("POST_COMBINE");
    assertThat(sources.get("asOf")).isEqualTo(json(fixture.get(ADDRESS)).get("asOf"));
  }

  @Test
  void shouldFollowTheRun() throws Exception {
    // given a run whose first half only is there
    RunId growing = Facts.runId(1301);
    List<RecordedEvent> all = JudgedRun.smoothLog(7, growing, 1);
    publish(all.subList(0, all.size() / 2));
    JsonNode before = json(fixture.get("/api/v1/runs/" + growing + "/sources"));

    // when
    publish(all.subList(all.size() / 2, all.size()));
    JsonNode after = json(fixture.get("/api/v1/runs/" + growing + "/sources"));

    // then
    assertThat(after.at("/asOf/offset").asLong()).isGreaterThan(before.at("/asOf/offset").asLong());
    assertThat(before.at("/items/0/postCombine").isNull()).isTrue();
    assertThat(after.at("/items/0/postCombine").isNull()).isFalse();
  }

  @Test
  void shouldGiveTheTextOfADocument() throws Exception {
    // given
    RunId run = Facts.runId(1302);
    Story story = new Story(run, 2).started(1, 1).succeeded(1, 1);
    publish(story.log());
    new PostgresArtifactStore(fixture.dataSource).put(
      "text".getBytes(StandardCharsets.UTF_8),
      "text/markdown"
    );
    String documents = "/api/v1/runs/" + run + "/documents/";

    // when
    HttpResponse<String> text = fixture.get(documents + story.call(1));

    // then
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.body()).isEqualTo("text");
    assertThat(text.headers().firstValue("Content-Type")).hasValue("text/markdown;charset=UTF-8");
    assertProblem(fixture.get(documents + story.call(2)), 404, "document-not-found");
    assertProblem(fixture.get(documents + "0".repeat(32)), 404, "document-not-found");
    assertProblem(fixture.get(documents + "nonsense"), 400, "invalid-id");
  }

  @Test
  void shouldGiveReasonsOfAllOrOfOneDocumentAndJudge() throws Exception {
    // given
    SourceView.Document document = source.documents().getFirst();
    String judge = document.sheets().getFirst().judge().toString();

    // when
    JsonNode all = json(fixture.get(ADDRESS + "/reasons"));
    JsonNode some = json(
      fixture.get(ADDRESS + "/reasons?document=" + document.docId() + "&judge=" + judge)
    );

    // then
    assertThat(all.get("scores").size()).isEqualTo(scores());
    assertThat(all.get("votes").size()).isEqualTo(votes());
    assertThat(some.get("scores").size()).isBetween(1, scores() - 1);
    assertThat(some.get("scores")).allSatisfy(row -> {
      assertThat(row.get("document").asString()).isEqualTo("" + document.docId());
      assertThat(row.get("judge").asString()).isEqualTo(judge);
      assertThat(row.get("reason").asString()).isNotEmpty();
    });
    assertThat(some.get("votes")).allSatisfy(row ->
      assertThat(row.toString()).contains("" + document.docId())
    );
  }

  @Test
  void shouldExportScoresAndVotes() throws Exception {
    // when
    HttpResponse<String> csv = fixture.get(ADDRESS + "/export?what=scores&format=csv");
    HttpResponse<String> lines = fixture.get(ADDRESS + "/export?what=votes&format=jsonl");
    HttpResponse<String> array = fixture.get(ADDRESS + "/export?what=votes&format=json");

    // then
    assertThat(csv.headers().firstValue("Content-Disposition")).hasValue(
      "attachment; filename=\"" + RUN + "-scores.csv\""
    );
    assertThat(csv.body().lines().findFirst()).hasValue(
      "source,document,author,authorIteration,judge,iteration,criterion,score,reason,callId"
    );
    assertThat(csv.body().lines()).hasSize(1 + scores());
    assertThat(lines.body().lines()).hasSize(votes());
    assertThat(json(array).size()).isEqualTo(votes());
    assertThat(json(array).get(0).toString()).isEqualTo(lines.body().lines().findFirst().get());
  }

  @Test
  void shouldRefuseWhatCannotBeExported() throws Exception {
    assertProblem(fixture.get(ADDRESS + "/export?what=money"), 400, "invalid-export");
    assertProblem(fixture.get(ADDRESS + "/export?what=votes&format=xls"), 400, "invalid-export");
    assertProblem(fixture.get(ADDRESS + "/export"), 400, "invalid-request");
    assertProblem(fixture.get(ADDRESS + "/reasons?document=x"), 400, "invalid-id");
    assertProblem(fixture.get(ADDRESS + "/reasons?judge=x"), 400, "invalid-id");
  }

  private static int scores() {
    return source
      .documents()
      .stream()
      .flatMap(document -> document.sheets().stream())
      .mapToInt(sheet -> sheet.scores().size())
      .sum();
  }

  private static int votes() {
    SourceView.Comparison before = requireNonNull(source.pairwise());
    SourceView.Comparison after = requireNonNull(source.postCombine());
    return before.votes().size() + after.votes().size();
  }

  private static void publish(List<RecordedEvent> events) throws Exception {
    fixture.projector.publishAndWrite(events);
  }
}
