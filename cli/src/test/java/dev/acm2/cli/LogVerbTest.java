package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogVerbTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldPrintAllLines() {
    gateway.on(
      path("INFO", ""),
      200,
      page("2.5", line("begins", null), line("asks", "1".repeat(32)))
    );
    gateway.on(path("INFO", "&after=2.5"), 200, page("2.6", line("a\\nb", null)));
    gateway.on(path("INFO", "&after=2.6"), 200, page("2.6"));

    Outcome outcome = gateway.run("log", Samples.RUN_ID);

    assertThat(outcome.exitCode()).isZero();
    assertThat(
      outcome
        .out()
        .lines()
        .map(line -> line.substring("2025-12-01 10:00:00 ".length()))
    ).containsExactly(
      "WARN  worker-1: begins",
      "WARN  worker-1 " + "1".repeat(32) + "-1-2: asks",
      "WARN  worker-1: a b"
    );
  }

  @Test
  void shouldPrintLinesOfALevelAsJson() {
    gateway.on(path("WARN", ""), 200, page("2.5", line("begins", null)));
    gateway.on(path("WARN", "&after=2.5"), 200, page("2.5"));

    Outcome outcome = gateway.run("log", Samples.RUN_ID, "--level", "warn", "--json");

    assertThat(outcome.out()).isEqualTo(line("begins", null) + System.lineSeparator());
  }

  @Test
  void shouldFollowUntilTheRunIsFinishedAndAllIsSaid() {
    gateway.on("GET " + RUN, 200, Samples.run("RUNNING", null, 9, Samples.STATS));
    gateway.on("GET " + RUN, 200, Samples.run("FINISHED", "COMPLETED", 10, Samples.DONE));
    gateway.on(path("INFO", ""), 200, page("2.5", line("begins", null)));
    gateway.on(path("INFO", "&after=2.5"), 200, page("2.5"));
    gateway.on(path("INFO", "&after=2.5"), 200, page("2.6", line("ends", null)));
    gateway.on(path("INFO", "&after=2.6"), 200, page("2.6"));

    Outcome outcome = gateway.run("log", Samples.RUN_ID, "--follow");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).hasSize(2).last().asString().endsWith("ends");
  }

  @Test
  void shouldSayThatThereIsNoSuchRun() {
    gateway.on(
      path("INFO", ""),
      404,
      "{\"type\":\"urn:acm2:problem:run-not-found\",\"detail\":\"there is no such run\"}"
    );

    assertThat(gateway.run("log", Samples.RUN_ID)).isEqualTo(
      new Outcome(65, "", "acm2: there is no such run (run-not-found, HTTP 404)%n".formatted())
    );
  }

  private static String path(String level, String after) {
    return "GET " + RUN + "/log?limit=1000&level=" + level + after;
  }

  private static String page(String next, String... lines) {
    return "{\"items\":[" + String.join(",", lines) + "],\"next\":\"" + next + "\"}";
  }

  private static String line(String text, @Nullable String callId) {
    return """
    {"position":"2.5","at":"2025-12-01T10:00:00Z","level":"WARN","callId":%s,"epoch":1,"attempt":2,\
    "source":"worker-1","text":"%s"}""".formatted(
      callId == null ? "null" : "\"" + callId + "\"",
      text
    );
  }
}
