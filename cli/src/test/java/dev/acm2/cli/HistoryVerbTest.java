package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryVerbTest {

  private static final String HISTORY = "GET /api/v1/runs/" + Samples.RUN_ID + "/history?limit=200";
  private static final String CALL = "1".repeat(32);

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldPrintTheEventsOfAllPages() {
    String requested = entry("run-requested", "null", "{\"reason\":\"a\\u001Bb\"}");
    String retried = entry("call-retried", "\"" + CALL + "\"", "{\"attempt\":2}");
    gateway.on(HISTORY, 200, "{\"items\":[" + requested + "],\"nextCursor\":\"2 7\"}");
    gateway.on(HISTORY + "&after=2+7", 200, "{\"items\":[" + retried + "],\"nextCursor\":null}");

    Outcome text = gateway.run("history", Samples.RUN_ID);
    Outcome json = gateway.run("history", Samples.RUN_ID, "--json");

    assertThat(text.exitCode()).isZero();
    List<String> lines = text.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("run-requested  -  fpf-worker w-1  {\"reason\":\"a");
    assertThat(lines.get(0)).doesNotContain("\u001b");
    assertThat(lines.get(1)).endsWith(
      "call-retried  " + CALL + "  fpf-worker w-1  {\"attempt\":2}"
    );
    assertThat(json.out().lines()).containsExactly(requested, retried);
  }

  @Test
  void shouldAskForWhatIsWantedOnly() {
    gateway.on(
      HISTORY +
        "&type=call-retried&type=call-failed&phase=PAIRWISE&model=openai%3Agpt-5.1&call=" +
        CALL +
        "&worker=w-1",
      200,
      "{\"items\":[],\"nextCursor\":null}"
    );

    Outcome outcome = gateway.run(
      "history",
      Samples.RUN_ID,
      "--type",
      "call-retried",
      "--type",
      "call-failed",
      "--phase",
      "pairwise",
      "--model",
      "openai:gpt-5.1",
      "--call",
      CALL,
      "--worker",
      "w-1"
    );

    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
  }

  @Test
  void shouldSayThatThereIsNoSuchType() {
    gateway.on(
      HISTORY + "&type=x",
      422,
      "{\"type\":\"urn:acm2:problem:validation\",\"detail\":\"unknown type x\",\"field\":\"type\"}"
    );

    assertThat(gateway.run("history", Samples.RUN_ID, "--type", "x")).isEqualTo(
      new Outcome(65, "", "acm2: type: unknown type x (validation, HTTP 422)%n".formatted())
    );
  }

  private static String entry(String type, String callId, String event) {
    return (
      "{\"partition\":2,\"offset\":7,\"at\":\"2025-12-01T10:00:00Z\",\"type\":\"" +
      type +
      "\",\"callId\":" +
      callId +
      ",\"producer\":{\"service\":\"fpf-worker\",\"instance\":\"w-1\",\"buildId\":\"b\"},\"event\":" +
      event +
      "}"
    );
  }
}
