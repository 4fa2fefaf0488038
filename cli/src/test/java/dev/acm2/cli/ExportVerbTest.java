package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportVerbTest {

  private static final String EXPORT = "GET /api/v1/runs/" + Samples.RUN_ID + "/export?what=";
  private static final String FILES = "GET /api/v1/runs/" + Samples.RUN_ID + "/export/";
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
  void shouldFetchEveryFileOfARunInItsUsualForm(@TempDir Path folder) {
    gateway.on(FILES + "calls.csv", 200, CSV);
    gateway.on(FILES + "calls.json", 200, "[]");
    gateway.on(FILES + "events.jsonl", 200, "{\"\u00fc\":1}\n");
    gateway.on(FILES + "documents.zip", 200, "PK archive");
    Path zip = folder.resolve("documents.zip");

    assertThat(exported("calls")).isEqualTo(new Outcome(0, CSV, ""));
    assertThat(exported("calls", "--format", "json").out()).isEqualTo("[]");
    assertThat(exported("calls", "--json").out()).isEqualTo("[]");
    assertThat(exported("events").out()).isEqualTo("{\"\u00fc\":1}\n");
    assertThat(exported("documents", "--out", zip.toString())).isEqualTo(new Outcome(0, "", ""));
    assertThat(zip).hasContent("PK archive");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void shouldRefuseFormsThatThereAreNot() {
    assertThat(exported("events", "--format", "csv").err()).startsWith(
      "acm2: there are no events as csv, only as jsonl"
    );
    assertThat(exported("calls", "--format", "zip").err()).startsWith(
      "acm2: there are no calls as zip, only as csv, json"
    );
    assertThat(exported("events", "--json").exitCode()).isEqualTo(64);
    assertThat(exported("documents")).satisfies(outcome -> {
      assertThat(outcome.exitCode()).isEqualTo(64);
      assertThat(outcome.err()).startsWith("acm2: documents are an archive: give --output FILE");
    });
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void shouldLeaveAFileAsItIsWhenThereIsNoSuchRun(@TempDir Path folder) throws IOException {
    gateway.on(
      FILES + "calls.csv",
      404,
      "{\"type\":\"urn:acm2:problem:run-not-found\",\"detail\":\"there is no such run\"}"
    );
    Path file = Files.writeString(folder.resolve("calls.csv"), "of yesterday");

    assertThat(exported("calls", "--output", file.toString())).isEqualTo(
      new Outcome(65, "", "acm2: there is no such run (run-not-found, HTTP 404)%n".formatted())
    );
    assertThat(file).hasContent("of yesterday");
  }

  @Test
  void shouldSayThatThereIsNoSuchFolder(@TempDir Path folder) {
    gateway.on(FILES + "calls.csv", 200, CSV);

    assertThat(exported("calls", "--output", folder.resolve("no/calls.csv").toString()))
      .returns(73, Outcome::exitCode)
      .satisfies(outcome -> assertThat(outcome.err()).contains("there is no such folder"));
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
    assertThat(gateway.run("export", Samples.RUN_ID, "--what", "money").exitCode()).isEqualTo(64);
    assertThat(gateway.asked()).isEmpty();
  }

  private Outcome exported(String what, String... more) {
    return gateway.run(
      Stream.concat(Stream.of("export", Samples.RUN_ID, "--what", what), Stream.of(more)).toArray(
        String[]::new
      )
    );
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
