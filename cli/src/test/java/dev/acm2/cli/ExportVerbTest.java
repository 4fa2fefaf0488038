package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportVerbTest {

  private static final String EXPORT = "GET /api/v1/runs/" + Samples.RUN_ID + "/export?what=";
  private static final String CSV = "source,score\r\neo.md,4\r\n";

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldPrintRowsAsTheServiceWritesThem() {
    gateway.on(EXPORT + "scores&format=csv", 200, CSV);
    gateway.on(EXPORT + "votes&format=jsonl", 200, "{}\n{}\n");

    assertThat(gateway.run("export", Samples.RUN_ID, "--what", "scores")).isEqualTo(
      new Outcome(0, CSV, "")
    );
    assertThat(
      gateway.run("export", Samples.RUN_ID, "--what", "VOTES", "--format", "jsonl").out()
    ).isEqualTo("{}\n{}\n");
  }

  @Test
  void shouldWriteRowsToAFile(@TempDir Path folder) {
    gateway.on(EXPORT + "scores&format=csv", 200, CSV);
    Path file = folder.resolve("scores.csv");

    Outcome outcome = gateway.run(
      "export",
      Samples.RUN_ID,
      "--what",
      "scores",
      "--output",
      file.toString()
    );

    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    assertThat(file).hasBinaryContent(CSV.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void shouldTakeJsonForTheFormat() {
    gateway.on(EXPORT + "votes&format=json", 200, "[]");

    assertThat(gateway.run("export", Samples.RUN_ID, "--what", "votes", "--json").out()).isEqualTo(
      "[]"
    );
    assertThat(
      gateway.run("export", Samples.RUN_ID, "--what", "votes", "--json", "--format", "csv")
    ).satisfies(outcome -> {
      assertThat(outcome.exitCode()).isEqualTo(64);
      assertThat(outcome.err()).startsWith("acm2: --json and --format csv exclude each other");
    });
  }

  @Test
  void shouldExitWith64ForRowsThatThereAreNot() {
    assertThat(gateway.run("export", Samples.RUN_ID).exitCode()).isEqualTo(64);
    assertThat(gateway.run("export", Samples.RUN_ID, "--what", "calls").exitCode()).isEqualTo(64);
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void shouldSayThatRowsWereLostOnTheirWay() {
    PrintWriter broken = new PrintWriter(Writer.nullWriter());
    broken.close();

    CliFailure failure = Assertions.catchThrowableOfType(CliFailure.class, () ->
      TextOutput.print(CSV, false, broken)
    );

    assertThat(failure.exitCode()).isEqualTo(73);
  }
}
