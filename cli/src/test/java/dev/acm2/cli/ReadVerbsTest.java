package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import dev.acm2.contract.ContractJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadVerbsTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
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
  void shouldListArchivedRunsWhenAsked() {
    gateway.on(
      "GET /api/v1/runs?limit=50&archived=true",
      200,
      "{\"items\":[],\"nextCursor\":null}"
    );

    assertThat(gateway.run("runs", "--archived").exitCode()).isZero();
  }

  @Test
  void shouldSayThatARunIsArchivedAndWhatItsReplacedCallsHadCost() {
    String archived = Samples.run("FINISHED", "COMPLETED", 500, Samples.DONE)
      .replace("\"archived\":false", "\"archived\":true")
      .replace("\"replacedUsd\":0", "\"replacedUsd\":0.25");
    gateway.on("GET " + RUN, 200, archived);

    assertThat(gateway.run("show", Samples.RUN_ID).out().lines()).contains(
      "archived",
      "of the cost succeeded $1.50  replaced $0.2500"
    );
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

  private static String call(String digit, String error) {
    return Samples.failedCall(digit, error);
  }
}
