package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import dev.acm2.contract.ContractJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final String EVENTS = "/api/v1/runs/" + Samples.RUN_ID + "/events";
  private static final String RUNNING = Samples.run("RUNNING", null, 5, Samples.STATS);
  private static final String BYE =
    "event: bye\ndata: {\"asOf\":{\"generation\":1,\"partition\":2,\"offset\":5},\"reason\":\"shutdown\",\"retryMs\":1}\n";

  @Test
  void shouldPrintOneLineForEachChangeAndEndWithTheRun() throws IOException {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.openStream(
        EVENTS,
        Samples.frame("snapshot", 5, RUNNING, "[]"),
        Samples.frame("delta", 6, Samples.run("RUNNING", null, 6, Samples.STATS), "[]"),
        ": heartbeat\n",
        "event: from-the-future\ndata: {}\n",
        Samples.frame("delta", 7, Samples.run("FINISHED", "COMPLETED", 7, Samples.DONE), "[]")
      );

      Outcome outcome = gateway.run("watch", Samples.RUN_ID);

      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out().lines()).containsExactly(
        "as of event 5: RUNNING GENERATION  2/4  planned 4  queued 1  in flight 1  ok 1  failed 1" +
          "  timed out 0  cancelled 0  skipped 0  retries 2  cost $0.0123",
        "as of event 7: COMPLETED  4/4  planned 4  queued 0  in flight 0  ok 4  failed 0" +
          "  timed out 0  cancelled 0  skipped 0  retries 2  cost $1.50"
      );
    }
  }

  @Test
  void shouldEndWhenTheRunIsDeleted() throws IOException {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.stream(
        EVENTS,
        Samples.frame("snapshot", 5, RUNNING, "[]"),
        BYE.replace("shutdown", "deleted")
      );

      Outcome outcome = gateway.run("watch", Samples.RUN_ID);

      assertThat(outcome.exitCode()).isEqualTo(65);
      assertThat(outcome.err().lines()).containsExactly("acm2: the run was deleted");
      assertThat(gateway.asked()).hasSize(1);
    }
  }

  @Test
  void shouldExitWithOneWhenTheRunDidNotComplete() throws IOException {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.stream(
        EVENTS,
        Samples.frame(
          "snapshot",
          5,
          Samples.run("FINISHED", "COMPLETED_WITH_ERRORS", 5, Samples.DONE),
          "[]"
        )
      );

      assertThat(gateway.run("watch", Samples.RUN_ID).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void shouldReconnectWhereItLeftOff() throws IOException {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.stream(EVENTS, Samples.frame("snapshot", 5, RUNNING, "[]"), BYE);
      gateway.on("GET " + EVENTS, 503, "{\"detail\":\"starting\"}");
      gateway.stream(
        EVENTS,
        Samples.frame("delta", 9, Samples.run("FINISHED", "COMPLETED", 9, Samples.DONE), "[]")
      );

      Outcome outcome = gateway.run("watch", Samples.RUN_ID);

      assertThat(outcome.exitCode()).isZero();
      assertThat(gateway.asked())
        .extracting(asked -> asked.headers().getOrDefault("last-event-id", ""))
        .containsExactly("", "1.2.5", "1.2.5");
      assertThat(outcome.out()).contains("connection lost");
    }
  }

  @Test
  void shouldPrintFramesAsJsonLines() throws IOException {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.stream(
        EVENTS,
        Samples.frame("snapshot", 5, Samples.run("FINISHED", "CANCELLED", 5, Samples.DONE), "[]")
      );

      Outcome outcome = gateway.run("watch", Samples.RUN_ID, "--json");

      assertThat(outcome.out().lines())
        .singleElement()
        .satisfies(line -> {
          assertThat(ContractJson.VIEWS.readTree(line).path("event").asString("")).isEqualTo(
            "snapshot"
          );
          assertThat(ContractJson.VIEWS.readTree(line).path("id").asString("")).isEqualTo("1.2.5");
        });
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchRun() throws IOException {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.on(
        "GET " + EVENTS,
        404,
        "{\"type\":\"urn:acm2:problem:run-not-found\",\"detail\":\"no run " + Samples.RUN_ID + "\"}"
      );

      Outcome outcome = gateway.run("watch", Samples.RUN_ID);

      assertThat(outcome).isEqualTo(
        new Outcome(
          65,
          "",
          "acm2: no run " + Samples.RUN_ID + " (run-not-found, HTTP 404)" + System.lineSeparator()
        )
      );
      assertThat(gateway.asked()).extracting(Asked::uri).containsExactly(EVENTS);
    }
  }

  @Test
  void shouldExitWith130WhenInterrupted() throws Exception {
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.openStream(EVENTS, Samples.frame("snapshot", 5, RUNNING, "[]"));
      Process process = start("watch", "--server", gateway.url(), Samples.RUN_ID);
      InputStream out = process.getInputStream();
      byte[] first = out.readNBytes("as of event 5".length());

      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("as of event 5");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    }
  }

  private static Process start(String... args) throws IOException {
    List<String> command = new java.util.ArrayList<>(
      List.of(
        System.getProperty("java.home") + "/bin/java",
        "-Dacm2.terminal=false",
        "-cp",
        System.getProperty("java.class.path"),
        Acm2.class.getName()
      )
    );
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
