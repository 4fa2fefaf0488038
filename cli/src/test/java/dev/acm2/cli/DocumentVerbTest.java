package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentVerbTest {

  private static final String RUN = "/api/v1/runs/" + Samples.RUN_ID;
  private static final String TEXT = "# Gr\u00fc\u00dfe\r\n\u001b[2J \ud83d\ude00";

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldPrintADocumentUnchanged() {
    gateway.on("GET " + RUN + "/documents/" + Judged.GPT, 200, TEXT);

    assertThat(gateway.run("document", Samples.RUN_ID, Judged.GPT)).isEqualTo(
      new Outcome(0, TEXT, "")
    );
    assertThat(gateway.asked())
      .extracting(asked -> asked.headers().get("accept"))
      .containsExactly("*/*");
  }

  @Test
  void shouldNotLetADocumentCommandTheTerminal() {
    StringWriter out = new StringWriter();

    TextOutput.print(TEXT, true, new PrintWriter(out));

    assertThat(out).hasToString("# Gr\u00fc\u00dfe\n?[2J \ud83d\ude00" + System.lineSeparator());
  }

  @Test
  void shouldWriteADocumentToAFile(@TempDir Path folder) throws IOException {
    gateway.on("GET " + RUN + "/documents/" + Judged.GPT, 200, TEXT);
    Path file = folder.resolve("a.md");
    Files.writeString(file, "before ".repeat(100));

    Outcome outcome = gateway.run(
      "document",
      Samples.RUN_ID,
      Judged.GPT,
      "--output",
      file.toString()
    );

    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    assertThat(file).hasContent(TEXT);
  }

  @Test
  void shouldSayThatAFileCannotBeWritten(@TempDir Path folder) {
    gateway.on("GET " + RUN + "/documents/" + Judged.GPT, 200, TEXT);
    String file = folder.resolve("none/a.md").toString();

    Outcome outcome = gateway.run("document", Samples.RUN_ID, Judged.GPT, "--output", file);

    assertThat(outcome).isEqualTo(
      new Outcome(73, "", "acm2: %s: there is no such folder%n".formatted(file))
    );
  }

  @Test
  void shouldPrintADocumentAsJson() {
    gateway.on("GET " + RUN + "/documents/" + Judged.GPT, 200, "a\n\"b\"");

    assertThat(gateway.run("document", Samples.RUN_ID, Judged.GPT, "--json").out()).isEqualTo(
      "{\"runId\":\"%s\",\"docId\":\"%s\",\"text\":\"a\\n\\\"b\\\"\"}%n".formatted(
        Samples.RUN_ID,
        Judged.GPT
      )
    );
  }

  @Test
  void shouldFindADocumentByTheFirstDigitsOfItsId() {
    gateway.on("GET " + RUN + "/sources", 200, Judged.sources(Judged.COMPLETE, Judged.PLAIN));
    gateway.on("GET " + RUN + "/documents/" + Judged.FLASH, 200, TEXT);

    assertThat(gateway.run("document", Samples.RUN_ID, "abcdcccc").out()).isEqualTo(TEXT);
  }

  @Test
  void shouldNotGuessWhichDocumentIsMeant() {
    String twice = Judged.sources(Judged.PLAIN, Judged.PLAIN.replace("abceee", "abcef0"));
    gateway.on("GET " + RUN + "/sources", 200, twice);

    Outcome several = gateway.run("document", Samples.RUN_ID, "abce");
    Outcome none = gateway.run("document", Samples.RUN_ID, "1234");

    assertThat(several.exitCode()).isEqualTo(65);
    assertThat(several.err()).startsWith("acm2: abce begins several ids: abceee");
    assertThat(none).isEqualTo(
      new Outcome(65, "", "acm2: the run has no document whose id begins with 1234%n".formatted())
    );
    assertThat(gateway.asked())
      .extracting(Asked::uri)
      .containsOnly(RUN + "/sources");
  }

  @Test
  void shouldSayThatThereIsNoSuchDocument(@TempDir Path folder) {
    gateway.on(
      "GET " + RUN + "/documents/" + Judged.GPT,
      404,
      "{\"type\":\"urn:acm2:problem:document-not-found\",\"detail\":\"no document\",\"field\":\"docId\"}"
    );
    Path file = folder.resolve("a.md");

    Outcome outcome = gateway.run(
      "document",
      Samples.RUN_ID,
      Judged.GPT,
      "--output",
      file.toString()
    );

    assertThat(outcome).isEqualTo(
      new Outcome(65, "", "acm2: docId: no document (document-not-found, HTTP 404)%n".formatted())
    );
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldExitWith64ForWhatIsNoId() {
    assertThat(gateway.run("document", Samples.RUN_ID).exitCode()).isEqualTo(64);
    assertThat(gateway.run("document", Samples.RUN_ID, "abc").exitCode()).isEqualTo(64);
    assertThat(gateway.run("document", Samples.RUN_ID, "../x1").err()).contains(
      "'../x1' is not a document id"
    );
  }
}
