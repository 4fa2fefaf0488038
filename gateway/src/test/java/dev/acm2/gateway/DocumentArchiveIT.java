package dev.acm2.gateway;

import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.evaluation.Winner;
import dev.acm2.projection.CallView;
import dev.acm2.projection.Evaluations;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The documents of a run as one file.
class DocumentArchiveIT {

  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldHoldEveryDocumentOfAJudgedRun() throws Exception {
    // given
    RunId run = Facts.runId(2200);
    fixture.projector.publishAndWrite(JudgedRun.smoothLog(7, run, 2));
    List<CallView> written = written(run);
    for (CallView call : written) {
      store(call);
    }

    // when
    Map<String, String> files = unpacked(run);
    JsonNode index = ContractJson.VIEWS.readTree(requireNonNull(files.remove("index.json")));

    // then
    assertThat(files).hasSameSizeAs(written);
    assertThat(index.get("runId").asString()).isEqualTo(run.toString());
    assertThat(index.get("documents").size()).isEqualTo(written.size());
    Map<String, CallView> byId = new LinkedHashMap<>();
    written.forEach(call -> byId.put(call.callId().value(), call));
    for (JsonNode entry : index.get("documents")) {
      CallView call = requireNonNull(byId.get(entry.get("docId").asString()));
      String file = entry.get("file").asString();
      assertThat(files.get(file)).isEqualTo(text(call));
      assertThat(file)
        .startsWith(call.document() + "/")
        .endsWith("-" + call.iteration() + ".md");
      assertThat(file.contains("combined-")).isEqualTo(call.phase() == Phase.COMBINE);
      assertThat(file).contains(requireNonNull(call.model()).toString().replace(':', '-'));
      assertThat(entry.get("madeFrom").size()).isEqualTo(call.phase() == Phase.COMBINE ? 2 : 0);
    }
    List<Winner> winners = Evaluations.of(
      run,
      JudgedRun.spec(2),
      fixture.projector.projection(run).calls()
    )
      .stream()
      .map(source -> requireNonNull(source.winner()))
      .toList();
    assertThat(winners).hasSize(2);
    assertThat(
      index
        .get("documents")
        .valueStream()
        .filter(entry -> entry.get("file").asString().contains("/winner-"))
        .map(entry -> entry.get("docId").asString())
    ).containsExactlyInAnyOrderElementsOf(
      winners
        .stream()
        .map(winner -> winner.document().value())
        .toList()
    );
  }

  @Test
  void shouldHoldTheDocumentsOfARunThatNobodyJudges() throws Exception {
    // given
    RunId run = Facts.runId(2201);
    fixture.projector.publishAndWrite(
      new Story(run, 3).started(1, 1).succeeded(1, 1).started(2, 1).failed(2, 1).log()
    );
    store(written(run).getFirst());

    // then
    assertThat(unpacked(run).keySet()).containsExactly(
      "doc-1.md/generated-openai-gpt-5.1-1.md",
      "index.json"
    );
  }

  @Test
  void shouldHoldAnIndexOfNothing() throws Exception {
    // given
    RunId run = Facts.runId(2202);
    fixture.projector.publishAndWrite(new Story(run, 1).log());

    // then
    assertThat(unpacked(run)).containsOnlyKeys("index.json");
  }

  @Test
  void shouldNotLeaveOutATextThatIsMissing() throws Exception {
    // given
    RunId run = Facts.runId(2203);
    fixture.projector.publishAndWrite(new Story(run, 1).started(1, 1).succeeded(1, 1).log());
    fixture.projector.execute("DELETE FROM artifact.artifact");

    // then
    assertProblem(
      fixture.get("/api/v1/runs/" + run + "/export/documents.zip"),
      404,
      "artifact-not-found"
    );
  }

  @Test
  void shouldCutOffAnArchiveThatCannotBeWhole() throws Exception {
    // given a first text that is on its way to the reader when the second one is missing
    RunId run = Facts.runId(2204);
    fixture.projector.publishAndWrite(JudgedRun.smoothLog(7, run, 1));
    CallView first = written(run)
      .stream()
      .min(Comparator.comparing(call -> call.callId().value()))
      .orElseThrow();
    byte[] noise = new byte[2_000_000];
    new Random(1).nextBytes(noise);
    fixture.projector.execute(
      "DELETE FROM artifact.artifact; INSERT INTO artifact.artifact (sha256, media_type, content)" +
        " VALUES ('" +
        requireNonNull(first.output()).sha256() +
        "', 'text/markdown', '\\x" +
        HexFormat.of().formatHex(noise) +
        "')"
    );

    // then
    assertThat(written(run).stream().map(CallView::output).distinct()).hasSizeGreaterThan(1);
    assertThatThrownBy(() -> unpacked(run)).isInstanceOf(IOException.class);
  }

  private static List<CallView> written(RunId run) {
    return fixture.projector
      .projection(run)
      .calls()
      .stream()
      .filter(call -> call.phase() == Phase.GENERATION || call.phase() == Phase.COMBINE)
      .filter(call -> call.output() != null)
      .toList();
  }

  private static String text(CallView call) {
    return "the text of " + requireNonNull(call.output()).sha256();
  }

  private static void store(CallView call) throws Exception {
    fixture.projector.execute(
      "INSERT INTO artifact.artifact (sha256, media_type, content) VALUES ('" +
        requireNonNull(call.output()).sha256() +
        "', 'text/markdown', '" +
        text(call) +
        "') ON CONFLICT (sha256) DO UPDATE SET content = excluded.content"
    );
  }

  private static Map<String, String> unpacked(RunId run) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> zip = client.send(
        HttpRequest.newBuilder(fixture.at("/api/v1/runs/" + run + "/export/documents.zip")).build(),
        HttpResponse.BodyHandlers.ofByteArray()
      );
      assertThat(zip.statusCode()).isEqualTo(200);
      assertThat(zip.headers().firstValue("Content-Type")).hasValue("application/zip");
      assertThat(zip.headers().firstValue("Content-Disposition")).hasValue(
        "attachment; filename=\"" + run + "-documents.zip\""
      );
      return unpacked(zip.body());
    }
  }

  private static Map<String, String> unpacked(byte[] zip) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(files.put(entry.getName(), text)).isNull();
      }
    }
    return files;
  }
}
