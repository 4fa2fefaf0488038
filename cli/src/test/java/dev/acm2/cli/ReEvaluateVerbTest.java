package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReEvaluateVerbTest {

  @TempDir
  private Path folder = Path.of("");

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldAskForANewRunOverTheDocumentsOfAnother() throws IOException {
    Path file = Files.writeString(
      folder.resolve("judges.yaml"),
      "evaluation:\n  judges: [{model: 'openai:gpt-5.1'}]\nlimits: {maxPaidCalls: 9}\n"
    );
    gateway.on(
      "POST /api/v1/runs/" + Samples.RUN_ID + "/re-evaluate",
      201,
      "{\"runId\":\"r\",\"spec\":{},\"planned\":{\"GENERATION\":4,\"SINGLE_EVAL\":4}}"
    );

    Outcome outcome = gateway.run(
      "re-evaluate",
      "" + Samples.RUN_ID,
      file.toString(),
      "--idempotency-key",
      "k1"
    );

    assertThat(outcome).isEqualTo(
      new Outcome(0, "run r: 8 calls planned, %s/runs/r%n".formatted(gateway.url()), "")
    );
    Asked asked = gateway.asked().getFirst();
    assertThat(asked.headers()).containsEntry("idempotency-key", "k1");
    assertThat(asked.body()).isEqualTo(
      "{\"evaluation\":{\"judges\":[{\"model\":\"openai:gpt-5.1\"}]},\"limits\":{\"maxPaidCalls\":9}}"
    );
  }

  @Test
  void shouldJudgeAgainAsTheRunDidWithMasks() throws IOException {
    Path file = Files.writeString(folder.resolve("masked.yaml"), "maskSuspicions: true\n");
    Path named = Files.writeString(folder.resolve("named.yaml"), "name: n\n");
    gateway.on(
      "POST /api/v1/runs/" + Samples.RUN_ID + "/re-evaluate",
      201,
      "{\"runId\":\"r\",\"spec\":{},\"planned\":{}}"
    );

    gateway.run("re-evaluate", Samples.RUN_ID);
    gateway.run("re-evaluate", Samples.RUN_ID, "--mask");
    gateway.run("re-evaluate", Samples.RUN_ID, file.toString());
    gateway.run("re-evaluate", Samples.RUN_ID, named.toString(), "--mask");

    assertThat(gateway.asked())
      .extracting(Asked::body)
      .containsExactly(
        "{}",
        "{\"maskSuspicions\":true}",
        "{\"maskSuspicions\":true}",
        "{\"name\":\"n\",\"maskSuspicions\":true}"
      );
  }

  @Test
  void shouldNameTheLineOfWhatItDoesNotKnow() throws IOException {
    Path file = Files.writeString(folder.resolve("judges.yaml"), "name: n\ndocuments: []\n");

    Outcome outcome = gateway.run("re-evaluate", "" + Samples.RUN_ID, file.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(outcome.err()).contains(file + ":2: unknown key 'documents'");
    assertThat(gateway.asked()).isEmpty();
  }
}
