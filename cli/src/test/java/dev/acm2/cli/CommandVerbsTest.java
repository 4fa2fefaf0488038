package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandVerbsTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;

  private static final String RETRY = "{\"eventId\":\"r\",\"type\":\"run-retry-requested\"}";
  private static final String END = "{\"eventId\":\"e\",\"type\":\"run-finished\"}";

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
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
  void shouldCancelOneCall() {
    String call = "1".repeat(32);
    gateway.on("POST " + RUN + "/calls/" + call + "/cancel", 202, "{}");

    assertThat(gateway.run("cancel", Samples.RUN_ID, "--call", call)).isEqualTo(
      new Outcome(0, "call " + call + ": cancel accepted" + System.lineSeparator(), "")
    );
    assertThat(gateway.run("cancel", Samples.RUN_ID, "--call", "1").exitCode()).isEqualTo(64);
  }

  @Test
  void shouldPauseAndResumeARun() {
    gateway.on("POST " + RUN + "/pause", 202, "{\"runId\":\"x\"}");
    gateway.on("POST " + RUN + "/resume", 202, "{\"runId\":\"x\"}");

    assertThat(gateway.run("pause", Samples.RUN_ID).out()).contains("pause accepted");
    assertThat(gateway.run("resume", Samples.RUN_ID).out()).contains("resume accepted");
    assertThat(gateway.run("pause", Samples.RUN_ID, "--json").out()).startsWith("{\"runId\"");
    assertThat(gateway.asked())
      .extracting(Asked::uri)
      .contains(RUN + "/pause", RUN + "/resume");
  }

  @Test
  void shouldRetryWhatFailedOrWhatIsNamed() {
    gateway.on("POST " + RUN + "/retry", 202, "{}");
    String one = "1".repeat(32);
    String two = "2".repeat(32);

    assertThat(gateway.run("retry", Samples.RUN_ID).exitCode()).isZero();
    gateway.run(
      "retry",
      Samples.RUN_ID,
      "--call",
      one,
      "--call",
      two,
      "--max-paid-calls",
      "600",
      "--max-cost-usd",
      "7.5"
    );

    assertThat(gateway.asked())
      .extracting(Asked::body)
      .containsExactly(
        "{}",
        "{\"calls\":[\"" + one + "\",\"" + two + "\"],\"maxPaidCalls\":600,\"maxCostUsd\":7.5}"
      );
  }

  @Test
  void shouldRunAPhaseAndAllLaterOnesAnew() {
    gateway.on("POST " + RUN + "/retry", 202, "{}");

    assertThat(
      gateway.run("retry", Samples.RUN_ID, "--from", "pairwise", "--max-cost-usd", "7.5")
    ).isEqualTo(new Outcome(0, "run %s: retry accepted%n".formatted(Samples.RUN_ID), ""));
    assertThat(gateway.asked())
      .extracting(Asked::body)
      .containsExactly("{\"from\":\"PAIRWISE\",\"maxCostUsd\":7.5}");
  }

  @Test
  void shouldNotRetryPhasesAndCallsAtOnce() {
    Outcome both = gateway.run(
      "retry",
      Samples.RUN_ID,
      "--from",
      "PAIRWISE",
      "--call",
      "1".repeat(32)
    );

    assertThat(both.exitCode()).isEqualTo(64);
    assertThat(both.err()).startsWith("acm2: --from runs whole phases anew");
    assertThat(gateway.run("retry", Samples.RUN_ID, "--from", "x").exitCode()).isEqualTo(64);
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNothingToRetry() {
    gateway.on(
      "POST " + RUN + "/retry",
      409,
      "{\"type\":\"urn:acm2:problem:nothing-to-retry\",\"detail\":\"no call has failed\"}"
    );

    assertThat(gateway.run("retry", Samples.RUN_ID)).isEqualTo(
      new Outcome(65, "", "acm2: no call has failed (nothing-to-retry, HTTP 409)%n".formatted())
    );
  }

  @Test
  void shouldWatchTheRunThatWasOpenedAgainToItsNewEnd() {
    String ended = Samples.run("FINISHED", "FAILED", 9, Samples.STATS).replace(
      "\"actions\":[]",
      "\"actions\":[" + END + "]"
    );
    String retried = ended.replace(END, END + "," + RETRY);
    String open = retried.replace("FINISHED", "RUNNING").replace("\"FAILED\"", "null");
    String done = retried
      .replace(RETRY, RETRY + "," + END)
      .replace("\"FAILED\"", "\"COMPLETED\"")
      .replace("\"offset\":9", "\"offset\":20");
    gateway.on("GET " + RUN, 200, ended);
    gateway.on("POST " + RUN + "/retry", 202, "{}");
    gateway.openStream(
      RUN + "/events",
      Samples.frame("snapshot", 9, ended, "[]"),
      Samples.frame("delta", 11, retried, "[]"),
      Samples.frame("delta", 12, open, "[]"),
      Samples.frame("delta", 20, done, "[]")
    );

    Outcome outcome = gateway.run("retry", Samples.RUN_ID, "--watch");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("as of event 20: COMPLETED");
  }
}
