package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Archiving and deleting of runs.
class KeepingVerbsTest {

  private static final String OTHER_ID = Samples.RUN_ID.replace("0123", "4567");
  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;
  private static final String OTHER = "/api/v1/runs/" + OTHER_ID;

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldArchiveSeveralRunsAndBringThemBack() {
    for (String run : new String[] { RUN, OTHER }) {
      gateway.on("POST " + run + "/archive", 202, "{\"runId\":\"x\"}");
      gateway.on("POST " + run + "/unarchive", 202, "{\"runId\":\"x\"}");
    }

    assertThat(gateway.run("archive", Samples.RUN_ID, OTHER_ID)).isEqualTo(
      new Outcome(
        0,
        "run %s: archive accepted%nrun %s: archive accepted%n".formatted(Samples.RUN_ID, OTHER_ID),
        ""
      )
    );
    assertThat(gateway.run("unarchive", OTHER_ID, "--json").out()).isEqualTo(
      "{\"runId\":\"x\"}" + System.lineSeparator()
    );
    assertThat(gateway.asked())
      .extracting(Asked::uri)
      .containsExactly(RUN + "/archive", OTHER + "/archive", OTHER + "/unarchive");
    assertThat(gateway.run("archive").exitCode()).isEqualTo(64);
  }

  @Test
  void shouldSayWhichRunsWereArchivedBeforeOneWasRefused() {
    gateway.on("POST " + RUN + "/archive", 202, "{}");
    gateway.on(
      "POST " + OTHER + "/archive",
      404,
      "{\"type\":\"urn:acm2:problem:run-not-found\",\"detail\":\"there is no such run\"}"
    );

    assertThat(gateway.run("archive", Samples.RUN_ID, OTHER_ID)).isEqualTo(
      new Outcome(
        65,
        "run %s: archive accepted%n".formatted(Samples.RUN_ID),
        "acm2: there is no such run (run-not-found, HTTP 404)%n".formatted()
      )
    );
  }

  @Test
  void shouldDeleteOnlyTheRunThatIsNamed() {
    gateway.on("POST " + RUN + "/delete", 202, "{\"runId\":\"x\"}");

    assertThat(gateway.run("delete", Samples.RUN_ID, "--confirm", "My \"run\"")).isEqualTo(
      new Outcome(0, "run %s: delete accepted%n".formatted(Samples.RUN_ID), "")
    );
    assertThat(gateway.asked())
      .extracting(Asked::body)
      .containsExactly("{\"confirm\":\"My \\\"run\\\"\"}");
    assertThat(gateway.run("delete", Samples.RUN_ID).exitCode()).isEqualTo(64);
  }

  @Test
  void shouldSayWhyARunIsNotDeleted() {
    gateway.on(
      "POST " + RUN + "/delete",
      422,
      "{\"type\":\"urn:acm2:problem:validation\",\"detail\":\"is not the name\",\"field\":\"confirm\"}"
    );

    assertThat(gateway.run("delete", Samples.RUN_ID, "--confirm", "x")).isEqualTo(
      new Outcome(65, "", "acm2: confirm: is not the name (validation, HTTP 422)%n".formatted())
    );
  }
}
