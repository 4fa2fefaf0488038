package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import dev.acm2.contract.ContractJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VerifyVerbTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldVerifyAgainstLogAndLedger() {
    String id = "1".repeat(32);
    gateway.on(
      "POST " + RUN + "/verify",
      200,
      verified(true, "{\"callId\":\"" + id + "\",\"epoch\":1,\"attempts\":1,\"told\":true}")
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
      verified(
        true,
        "{\"callId\":\"" + "1".repeat(32) + "\",\"epoch\":1,\"attempts\":1,\"told\":true}"
      )
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
    return Samples.failedCall(digit, error);
  }
}
