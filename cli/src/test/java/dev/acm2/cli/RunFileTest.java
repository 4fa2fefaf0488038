package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.RunSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

  @TempDir
  private Path folder = Path.of("");

  @Test
  void shouldReplaceAPathByNameAndContent() throws IOException {
    Files.createDirectories(folder.resolve("documents"));
    Files.writeString(folder.resolve("documents/a.md"), "Ä text");
    Path file = write(
      "documents:\n  - path: documents/a.md\n  - {path: documents/a.md, name: b.md}\n"
    );

    RunSubmission run = RunFile.read(file);

    assertThat(run.documents()).isEqualTo(
      List.of(
        new RunSubmission.Document("a.md", "Ä text", null),
        new RunSubmission.Document("b.md", "Ä text", null)
      )
    );
  }

  @Test
  void shouldLeaveOutWhatIsNotSaid() throws IOException {
    RunSubmission run = RunFile.read(
      write("name: n\nlimits: {callDeadline: PT10M, maxCostUsd: 5.00}\n")
    );

    assertThat(run.instructions()).isNull();
    assertThat(run.limits())
      .isNotNull()
      .extracting(RunSubmission.Limits::callDeadline)
      .isEqualTo(Duration.ofMinutes(10));
    assertThat(run.limits()).isNotNull().extracting(RunSubmission.Limits::maxAttempts).isNull();
  }

  @Test
  void shouldReadTheSampleThatComesWithAcm2() {
    RunSubmission run = RunFile.read(Path.of("../samples/three-orders.yaml"));

    assertThat(run.documents()).hasSize(3);
    assertThat(run.generation())
      .isNotNull()
      .extracting(g -> List.of(g.models()))
      .isNotNull();
  }

  @Test
  void shouldNameFileAndLineOfAnUnknownKey() throws IOException {
    Path file = write("name: n\nlimits:\n  callDeadline: PT1M\n  callDeadlin: PT1M\n");

    assertThatThrownBy(() -> RunFile.read(file))
      .isInstanceOf(CliFailure.class)
      .hasMessageStartingWith(file + ":4: unknown key 'callDeadlin', known here: attemptTimeout, ")
      .extracting("exitCode")
      .isEqualTo(78);
  }

  @Test
  void shouldRefuseTheSameKeyTwiceATypeThatDoesNotFitAndBrokenYaml() throws IOException {
    assertExit(78, ":2: ", "name: a\nname: b\n");
    assertExit(78, ":1: ", "limits: {maxAttempts: many}\n");
    assertExit(78, ":1: ", "limits: {maxAttempts: 1.5}\n");
    assertExit(78, ":2: ", "name: a\nlimits: }\n");
    assertExit(78, ":3: unknown key 'b'", "documents:\n- {name: a}\n- {b: c}\n");
    assertExit(78, ":2: No content", "# nothing\n");
    assertExit(78, ":1: the file is empty", "null\n");
  }

  @Test
  void shouldSayWhichFileCannotBeRead() throws IOException {
    assertExit(66, "nowhere.md: there is no such file", "documents: [{path: nowhere.md}]\n");
    assertThatThrownBy(() -> RunFile.read(folder.resolve("none.yaml")))
      .extracting("exitCode")
      .isEqualTo(66);
    assertThatThrownBy(() -> RunFile.read(folder))
      .extracting("exitCode")
      .isEqualTo(66);
  }

  @Test
  void shouldRefuseADocumentThatIsNoText() throws IOException {
    Files.write(folder.resolve("binary"), new byte[] { (byte) 0xff, 0, 1 });

    assertExit(65, "not a UTF-8 text", "documents: [{path: binary}]\n");
  }

  @Test
  void shouldRefuseAPathBesideContent() throws IOException {
    assertExit(78, "a path excludes content", "documents: [{path: a, content: b}]\n");
  }

  private void assertExit(int code, String part, String yaml) throws IOException {
    Path file = write(yaml);
    assertThatThrownBy(() -> RunFile.read(file))
      .hasMessageContaining(part)
      .extracting("exitCode")
      .isEqualTo(code);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), yaml);
  }
}
