package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import dev.acm2.contract.ContractJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VerbsTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;

  @TempDir
  private Path folder = Path.of("");

  private FakeGateway gateway = start();

  private static FakeGateway start() {
    try {
      return new FakeGateway();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void fresh() {
    gateway.close();
    gateway = start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldSubmitARunAndSayWhereItIs() throws IOException {
    Path file = Files.writeString(
      folder.resolve("run.yaml"),
      "name: n\ndocuments: [{name: a, content: b}]\n"
    );
    gateway.on(
      "POST /api/v1/runs",
      201,
      "{\"runId\":\"" + Samples.RUN_ID + "\",\"spec\":{},\"planned\":{\"GENERATION\":18}}"
    );

    Outcome outcome = gateway.run("run", file.toString(), "--idempotency-key", "k1");

    assertThat(outcome).isEqualTo(
      new Outcome(
        0,
        "run %s: 18 calls planned, %s/runs/%s%n".formatted(
          Samples.RUN_ID,
          gateway.url(),
          Samples.RUN_ID
        ),
        ""
      )
    );
    Asked asked = gateway.asked().getFirst();
    assertThat(asked.headers())
      .containsEntry("idempotency-key", "k1")
      .containsEntry("content-type", "application/json");
    assertThat(asked.body()).isEqualTo(
      "{\"name\":\"n\",\"documents\":[{\"name\":\"a\",\"content\":\"b\"}]}"
    );
  }

  @Test
  void shouldSubmitAndWatchToTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    gateway.on("POST /api/v1/runs", 201, "{\"runId\":\"" + Samples.RUN_ID + "\",\"planned\":{}}");
    gateway.openStream(
      RUN + "/events",
      Samples.frame("snapshot", 9, Samples.run("FINISHED", "COMPLETED", 9, Samples.DONE), "[]")
    );

    Outcome outcome = gateway.run("run", file.toString(), "--watch");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("as of event 9: COMPLETED  4/4");
  }

  @Test
  void shouldNameTheFieldThatTheServiceRefuses() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    gateway.on(
      "POST /api/v1/runs",
      422,
      "{\"type\":\"urn:acm2:problem:unknown-model\",\"title\":\"Unknown model\",\"status\":422,\"detail\":\"no model openai:x\",\"field\":\"generation.models[0].model\"}"
    );

    assertThat(gateway.run("run", file.toString())).isEqualTo(
      new Outcome(
        65,
        "",
        "acm2: generation.models[0].model: no model openai:x (unknown-model, HTTP 422)%n".formatted()
      )
    );
  }

  @Test
  void shouldTellPermissionUnavailabilityAndDefectsApart() {
    gateway.on("GET /api/v1/runs?limit=1", 403, "{\"title\":\"Forbidden\"}");
    gateway.on(
      "GET /api/v1/runs?limit=2",
      503,
      "{\"type\":\"urn:acm2:problem:store-unavailable\",\"detail\":\"no database\"}"
    );
    gateway.on("GET /api/v1/runs?limit=3", 500, "<html>");
    gateway.on("GET /api/v1/runs?limit=4", 200, "{\"items\":7}");

    assertThat(gateway.run("runs", "--limit", "1").exitCode()).isEqualTo(77);
    assertThat(gateway.run("runs", "--limit", "2").exitCode()).isEqualTo(69);
    assertThat(gateway.run("runs", "--limit", "3").exitCode()).isEqualTo(70);
    assertThat(gateway.run("runs", "--limit", "4").exitCode()).isEqualTo(65);
  }

  @Test
  void shouldListRunsAsATable() {
    gateway.on(
      "GET /api/v1/runs?limit=50",
      200,
      "{\"items\":[" + Samples.run("RUNNING", null, 417, Samples.STATS) + "],\"nextCursor\":null}"
    );

    Outcome outcome = gateway.run("runs");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().toList().get(1))
      .startsWith(Samples.RUN_ID + "  RUNNING GENERATION  2/4    $0.0123  ")
      .endsWith("Three?[2J orders");
  }

  @Test
  void shouldPrintTheAnswerItselfAsJson() {
    String answer = "{\"items\":[],\"nextCursor\":null}";
    gateway.on("GET /api/v1/runs?limit=50", 200, answer);

    assertThat(gateway.run("runs", "--json")).isEqualTo(
      new Outcome(0, answer + System.lineSeparator(), "")
    );
  }

  @Test
  void shouldShowARun() {
    gateway.on("GET " + RUN, 200, Samples.run("FINISHED", "COMPLETED", 500, Samples.DONE));

    Outcome outcome = gateway.run("show", Samples.RUN_ID);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(
      "COMPLETED",
      "4/4  100 %",
      "cost $1.50",
      "run " + Samples.RUN_ID,
      "openai:gpt-5.1  4        4"
    );
  }

  @Test
  void shouldListTheCallsOfAllPages() {
    String path = "GET " + RUN + "/calls?limit=1000&state=FAILED";
    gateway.on(path, 200, "{\"items\":[" + call("1", "null") + "],\"nextCursor\":\"a b\"}");
    gateway.on(
      path + "&cursor=a+b",
      200,
      "{\"items\":[" +
        call(
          "2",
          "{\"kind\":\"AUTH\",\"message\":\"no\\nkey\",\"httpStatus\":401,\"attempt\":1,\"active\":true}"
        ) +
        "],\"nextCursor\":null}"
    );

    Outcome outcome = gateway.run("calls", Samples.RUN_ID, "--state", "failed");
    Outcome json = gateway.run("calls", Samples.RUN_ID, "--state", "failed", "--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).hasSize(3).last().asString().contains("AUTH: no key");
    assertThat(json.out().lines())
      .hasSize(2)
      .allMatch(line -> ContractJson.VIEWS.readTree(line).path("unknown").asInt(0) == 5);
  }

  @Test
  void shouldCancelARun() {
    gateway.on("POST " + RUN + "/cancel", 202, "{\"runId\":\"" + Samples.RUN_ID + "\"}");

    assertThat(gateway.run("cancel", Samples.RUN_ID).exitCode()).isZero();
    assertThat(gateway.asked())
      .extracting(Asked::uri)
      .containsExactly(RUN + "/cancel");
  }

  @Test
  void shouldSayThatAFinishedRunCannotBeCancelled() {
    gateway.on(
      "POST " + RUN + "/cancel",
      409,
      "{\"type\":\"urn:acm2:problem:run-state\",\"detail\":\"the run is finished\"}"
    );

    assertThat(gateway.run("cancel", Samples.RUN_ID)).isEqualTo(
      new Outcome(65, "", "acm2: the run is finished (run-state, HTTP 409)%n".formatted())
    );
  }

  @Test
  void shouldVerifyAgainstLogAndLedger() {
    String id = "1".repeat(32);
    gateway.on(
      "POST " + RUN + "/verify",
      200,
      verified(true, "{\"callId\":\"" + id + "\",\"epoch\":1,\"attempts\":1}")
    );
    gateway.on("GET " + RUN, 200, Samples.run("FINISHED", "COMPLETED", 9, Samples.DONE));
    gateway.on(
      "GET " + RUN + "/calls?limit=1000",
      200,
      "{\"items\":[" + call("1", "null") + "],\"nextCursor\":null}"
    );
    gateway.on(
      "GET /__ledger",
      200,
      "{\"requests\":[{\"requestId\":\"" + id + "-1-1\",\"outcome\":\"OK\"}],\"count\":1}"
    );

    Outcome outcome = gateway.run("verify", Samples.RUN_ID, "--ledger", gateway.url());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).containsExactly(
      "I1  holds    18 calls",
      "I5  holds    1 requests in the ledger, 1 attempts in events",
      "digest abc"
    );
  }

  @Test
  void shouldExitWithOneWhenTheLedgerDiffers() {
    gateway.on(
      "POST " + RUN + "/verify",
      200,
      verified(true, "{\"callId\":\"" + "1".repeat(32) + "\",\"epoch\":1,\"attempts\":1}")
    );
    gateway.on("GET " + RUN, 200, Samples.run("FINISHED", "COMPLETED", 9, Samples.DONE));
    gateway.on(
      "GET " + RUN + "/calls?limit=1000",
      200,
      "{\"items\":[" + call("1", "null") + "],\"nextCursor\":null}"
    );
    gateway.on("GET /__ledger", 200, "{\"requests\":[],\"count\":0}");

    Outcome outcome = gateway.run(
      "verify",
      Samples.RUN_ID,
      "--json",
      "--ledger",
      gateway.url() + "/__ledger"
    );

    JsonNode report = ContractJson.VIEWS.readTree(outcome.out());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(report.path("ok").asBoolean(true)).isFalse();
    assertThat(report.path("invariants").path(1).path("id").asString("")).isEqualTo("I5");
  }

  @Test
  void shouldExitWithOneWhenAnInvariantDoesNotHold() {
    gateway.on("POST " + RUN + "/verify", 200, verified(false, ""));

    Outcome outcome = gateway.run("verify", Samples.RUN_ID);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("I1  VIOLATED 18 calls");
  }

  @Test
  void shouldNotCompareALedgerBeforeTheEnd() {
    gateway.on("POST " + RUN + "/verify", 200, verified(true, ""));
    gateway.on("GET " + RUN, 200, Samples.run("RUNNING", null, 9, Samples.STATS));

    assertThat(
      gateway.run("verify", Samples.RUN_ID, "--ledger", gateway.url()).exitCode()
    ).isEqualTo(65);
  }

  @Test
  void shouldShowWhichServicesAreOfAnotherBuild() {
    gateway.on(
      "GET /api/v1/version",
      200,
      "{\"buildId\":\"development\",\"generation\":1,\"services\":[{\"service\":\"fpf-worker\",\"instance\":\"w1\",\"buildId\":\"old\",\"lastSeenAt\":\"2025-12-01T10:00:00Z\"}]}"
    );

    Outcome outcome = gateway.run("version");

    assertThat(outcome.exitCode()).isZero();
    assertThat(
      outcome
        .out()
        .lines()
        .filter(line -> line.contains("differs"))
    )
      .singleElement()
      .asString()
      .startsWith("fpf-worker");
  }

  @Test
  void shouldExitWith64ForWrongUsage() {
    assertThat(FakeGateway.acm2("shw").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2().exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("show").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("show", "not-an-id").err()).contains("'not-an-id' is not a run id");
    assertThat(FakeGateway.acm2("runs", "--sever", "x").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("runs", "--server", "localhost:8080").exitCode()).isEqualTo(64);
    assertThat(FakeGateway.acm2("--help").exitCode()).isZero();
  }

  @Test
  void shouldExitWith69WhenNobodyAnswers() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    Outcome outcome = FakeGateway.acm2("runs", "--server", "http://127.0.0.1:" + closed);

    assertThat(outcome).isEqualTo(
      new Outcome(
        69,
        "",
        "acm2: http://127.0.0.1:%d does not answer: nothing accepts connections there%n".formatted(
          closed
        )
      )
    );
  }

  private static String verified(boolean ok, String attempts) {
    return (
      "{\"runId\":\"" +
      Samples.RUN_ID +
      "\",\"ok\":" +
      ok +
      ",\"digest\":\"abc\",\"invariants\":[{\"id\":\"I1\",\"ok\":" +
      ok +
      ",\"detail\":\"18 calls\"}],\"differences\":[],\"attempts\":[" +
      attempts +
      "]}"
    );
  }

  private static String call(String digit, String error) {
    return """
    {"callId":"%s","phase":"GENERATION","document":"d.md","model":"m:x","iteration":1,"state":"FAILED",\
    "epoch":1,"attempt":1,"attempts":1,"costUsd":0.5,"lastError":%s,"version":7,"unknown":5}""".formatted(
      digit.repeat(32),
      error
    );
  }
}
