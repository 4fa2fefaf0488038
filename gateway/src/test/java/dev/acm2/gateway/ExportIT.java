package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventType;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Spend;
import dev.acm2.projection.CallView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Calls and events of a run as files.
class ExportIT {

  private static final RunId RUN = Facts.runId(2100);
  private static final String EXPORT = "/api/v1/runs/" + RUN + "/export/";
  private static final List<RecordedEvent> LOG = JudgedRun.log(5, RUN, 1);
  private static final int PARTITION = 3;
  private static GatewayFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    fixture.projector.publishAndWrite(LOG);
    for (int i = 0; i < LOG.size(); i++) {
      fixture.projector.writeEvent(LOG.get(i), PARTITION, 2L * i);
    }
    RecordedEvent foreign = new Story(Facts.runId(2101), 1).log().getFirst();
    fixture.projector.writeEvent(foreign, PARTITION, 1);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void shouldGiveEveryCallAsJson() throws Exception {
    // when
    HttpResponse<String> file = fixture.get(EXPORT + "calls.json");

    // then
    assertThat(file.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(file.headers().firstValue("Content-Disposition")).hasValue(
      "attachment; filename=\"" + RUN + "-calls.json\""
    );
    Map<CallId, CallView> calls = calls(RUN);
    JsonNode rows = json(file);
    assertThat(rows.size()).isEqualTo(calls.size()).isGreaterThan(30);
    assertThat(rows).allSatisfy(row ->
      assertIsAbout(row, requireNonNull(calls.get(CallId.parse(row.get("callId").asString()))))
    );
    assertThat(rows).anySatisfy(row -> assertThat(row.get("second").isString()).isTrue());
    assertThat(rows).anySatisfy(row -> assertThat(row.get("errorKind").isString()).isTrue());
  }

  @Test
  void shouldGiveTheSameCallsAsCsv() throws Exception {
    // given
    JsonNode rows = json(fixture.get(EXPORT + "calls.json"));

    // when
    HttpResponse<String> file = fixture.get(EXPORT + "calls.csv");

    // then
    assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    List<String> lines = Arrays.asList(file.body().split("\r\n"));
    List<String> columns = List.of(lines.getFirst().split(","));
    assertThat(columns).startsWith("callId", "phase", "document", "model", "iteration", "judge");
    assertThat(columns).isEqualTo(List.copyOf(rows.get(0).propertyNames()));
    assertThat(lines).hasSize(1 + rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      assertThat(lines.get(i + 1)).startsWith(
        row.get("callId").asString() + "," + row.get("phase").asString() + ","
      );
      assertThat(lines.get(i + 1)).endsWith("," + row.get("version").asString());
    }
  }

  @Test
  void shouldMakeNothingThatAProviderSaidAFormula() throws Exception {
    // given
    RunId run = Facts.runId(2102);
    Story story = new Story(run, 1).started(1, 1);
    fixture.projector.publishAndWrite(
      story
        .tell(
          new CallFailed(
            story.call(1),
            1,
            1,
            FailureKind.BAD_REQUEST,
            400,
            "=HYPERLINK(\"http://x\",\n\"y\")",
            Spend.NONE,
            List.of(),
            null
          )
        )
        .log()
    );

    // then
    assertThat(fixture.get("/api/v1/runs/" + run + "/export/calls.csv").body()).contains(
      ",BAD_REQUEST,\"'=HYPERLINK(\"\"http://x\"\",\n\"\"y\"\")\",400,true,"
    );
  }

  @Test
  void shouldGiveEveryEventInTheOrderOfTheLog() throws Exception {
    // when
    HttpResponse<String> file = fixture.get(EXPORT + "events.jsonl");

    // then
    assertThat(file.headers().firstValue("Content-Disposition")).hasValue(
      "attachment; filename=\"" + RUN + "-events.jsonl\""
    );
    List<String> lines = file.body().lines().toList();
    assertThat(lines).hasSameSizeAs(LOG);
    for (int i = 0; i < lines.size(); i++) {
      RecordedEvent recorded = LOG.get(i);
      JsonNode line = ContractJson.VIEWS.readTree(lines.get(i));
      assertThat(line.get("partition").asInt()).isEqualTo(PARTITION);
      assertThat(line.get("offset").asLong()).isEqualTo(2L * i);
      assertThat(line.get("appendedAt").asString()).startsWith("20");
      assertThat(line.get("runId").asString()).isEqualTo(RUN.toString());
      assertThat(line.get("type").asString()).isEqualTo(EventType.of(recorded.event()).wireName());
      assertThat(line.get("eventId").asString()).isEqualTo("" + recorded.meta().eventId());
      assertThat(line.get("occurredAt").asString()).isEqualTo("" + recorded.meta().occurredAt());
      assertThat(line.get("producer")).isEqualTo(
        ContractJson.VIEWS.valueToTree(recorded.meta().producer())
      );
      assertThat(lines.get(i)).endsWith(
        ",\"body\":" + new String(EventCodec.encode(recorded).value(), StandardCharsets.UTF_8) + "}"
      );
    }
  }

  @Test
  void shouldKeepAnEventInOneLineAndItsNumbersAsTheyWere() throws Exception {
    // given
    RunId run = Facts.runId(2103);
    Story story = new Story(run, 1);
    fixture.projector.publishAndWrite(story.log());
    fixture.projector.writeEvent(story.log().getFirst(), 9, 0);
    fixture.projector.execute(
      "UPDATE projection.run_event SET body = E'{\\n \"costUsd\": 0.10,\\r\\n \"n\": 1e2}'" +
        " WHERE partition = 9"
    );

    // when
    String lines = fixture.get("/api/v1/runs/" + run + "/export/events.jsonl").body();

    // then
    assertThat(lines.lines()).hasSize(1);
    assertThat(lines).endsWith("\"body\":{  \"costUsd\": 0.10,  \"n\": 1e2}}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = { "calls.csv", "calls.json", "events.jsonl", "documents.zip" })
  void shouldRefuseRunsThatThereAreNot(String file) throws Exception {
    // given
    RunId gone = Facts.runId(2110 + file.length());
    fixture.projector.publishAndWrite(new Story(gone, 1).log());
    fixture.projector.deleteRows(gone);

    // then
    String runs = "/api/v1/runs/";
    assertProblem(fixture.get(runs + gone + "/export/" + file), 404, "run-not-found");
    assertProblem(
      fixture.get(runs + Facts.runId(77_777) + "/export/" + file),
      404,
      "run-not-found"
    );
    assertProblem(fixture.get(runs + "nonsense/export/" + file), 400, "invalid-id");
    assertProblem(fixture.get(EXPORT + "everything.xls"), 404, "not-found");
  }

  private static void assertIsAbout(JsonNode row, CallView call) {
    assertThat(row.get("phase").asString()).isEqualTo("" + call.phase());
    assertThat(row.get("document").asString()).isEqualTo(call.document());
    assertThat(row.get("model").asString()).isEqualTo("" + call.model());
    assertThat(row.get("iteration").asInt()).isEqualTo(call.iteration());
    boolean judges = !Set.of("GENERATION", "COMBINE").contains("" + call.phase());
    assertThat(row.get("judge").isNull()).isEqualTo(!judges);
    assertThat(join(row.get("first"), row.get("second"))).isEqualTo(call.subject());
    assertThat(row.get("state").asString()).isEqualTo("" + call.state());
    assertThat(row.get("attempts").asInt()).isEqualTo(call.attempts());
    assertThat(row.get("retries").asInt()).isEqualTo(call.retries().size());
    assertThat(row.get("inputTokens").asLong()).isEqualTo(call.usage().inputTokens());
    assertThat(row.get("outputTokens").asLong()).isEqualTo(call.usage().outputTokens());
    assertThat(row.get("costUsd").decimalValue()).isEqualByComparingTo(call.costUsd().dollars());
    assertThat(row.get("errorMessage").asStringOpt()).isEqualTo(
      Optional.ofNullable(call.lastError()).map(CallView.LastError::message)
    );
    assertThat(row.get("finishedAt").asStringOpt()).isEqualTo(
      Optional.ofNullable(call.finishedAt()).map(Object::toString)
    );
    Set<String> outputs = new TreeSet<>();
    row.get("outputs").forEach(digest -> outputs.add(digest.asString()));
    Set<String> known = new TreeSet<>();
    call
      .artifacts()
      .stream()
      .filter(artifact -> artifact.role() == Role.OUTPUT)
      .forEach(artifact -> known.add(artifact.ref().sha256()));
    if (call.output() != null) {
      known.add(call.output().sha256());
    }
    assertThat(outputs).isEqualTo(known);
  }

  private static @Nullable String join(JsonNode first, JsonNode second) {
    return first.isNull()
      ? null
      : first.asString() + (second.isNull() ? "" : ":" + second.asString());
  }

  private static Map<CallId, CallView> calls(RunId run) {
    Map<CallId, CallView> calls = new TreeMap<>();
    fixture.projector
      .projection(run)
      .calls()
      .forEach(call -> calls.put(call.callId(), call));
    return calls;
  }
}
