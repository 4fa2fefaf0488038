package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Asked;
import dev.acm2.cli.FakeGateway.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetVerbsTest {

  private static final String PRESETS = "/api/v1/presets";
  private static final String MINE = PRESETS + "/a%2Fb%20c";
  private static final String PRESET =
    "{\"name\":\"a/b c\",\"version\":3,\"savedAt\":\"2025-12-01T10:00:00Z\",\"submission\":" +
    "{\"name\":\"n\",\"instructions\":\"Line one.\\nLine \\u001b[2Jtwo.\",\"limits\":{\"weight\":2}}}";

  @TempDir
  private Path folder = Path.of("");

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldListPresets() {
    gateway.on("GET " + PRESETS, 200, "{\"items\":[" + PRESET + "]}");

    Outcome outcome = gateway.run("presets");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().toList())
      .hasSize(2)
      .last()
      .asString()
      .startsWith("3        2025-12-01 ")
      .endsWith("  a/b c");
    assertThat(gateway.run("presets", "list")).isEqualTo(outcome);
    assertThat(gateway.run("presets", "list", "--json").out()).startsWith("{\"items\":[");
  }

  @Test
  void shouldShowAPresetAsAFileThatCanBeSavedAgain() throws IOException {
    gateway.on("GET " + MINE, 200, PRESET);
    Path file = folder.resolve("preset.yaml");

    Outcome shown = gateway.run("presets", "show", "a/b c", "--output", file.toString());

    assertThat(shown).isEqualTo(new Outcome(0, "", ""));
    assertThat(Files.readString(file)).startsWith("# version 3 of a/b c\n");
    assertThat(RunFile.read(file).instructions()).isEqualTo("Line one.\nLine \u001b[2Jtwo.");
    assertThat(gateway.run("presets", "show", "a/b c", "--json").out()).isEqualTo(
      PRESET + System.lineSeparator()
    );
  }

  @Test
  void shouldSaveAfterTheLatestVersionOrTheOneThatWasChanged() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    gateway.on("GET " + PRESETS, 200, "{\"items\":[" + PRESET + "]}");
    gateway.on("PUT " + MINE, 201, PRESET.replace("\"version\":3", "\"version\":4"));
    gateway.on("PUT " + PRESETS + "/new", 201, PRESET.replace("a/b c", "new"));

    Outcome saved = gateway.run("presets", "save", "a/b c", file.toString());
    gateway.run("presets", "save", "a/b c", file.toString(), "--based-on", "2");
    gateway.run("presets", "save", "new", file.toString());

    assertThat(saved).isEqualTo(
      new Outcome(0, "preset a/b c: version 4 saved" + System.lineSeparator(), "")
    );
    assertThat(puts()).containsExactly(
      "{\"basedOn\":3,\"submission\":{\"name\":\"n\"}}",
      "{\"basedOn\":2,\"submission\":{\"name\":\"n\"}}",
      "{\"submission\":{\"name\":\"n\"}}"
    );
  }

  @Test
  void shouldSayThatSomebodyElseSavedANewerVersion() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "name: n\n");
    gateway.on(
      "PUT " + MINE,
      409,
      "{\"type\":\"urn:acm2:problem:preset-changed\",\"detail\":\"version 4 is newer\"}"
    );

    assertThat(
      gateway.run("presets", "save", "a/b c", file.toString(), "--based-on", "3")
    ).isEqualTo(
      new Outcome(65, "", "acm2: version 4 is newer (preset-changed, HTTP 409)%n".formatted())
    );
  }

  @Test
  void shouldReadTheFileBeforeAnythingIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), "nam: n\n");

    assertThat(gateway.run("presets", "save", "x", file.toString()).exitCode()).isEqualTo(
      ExitCode.CONFIG
    );
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void shouldDeleteAPreset() {
    gateway.on("DELETE " + MINE, 204, "");
    gateway.on(
      "DELETE " + PRESETS + "/x",
      404,
      "{\"type\":\"urn:acm2:problem:preset-not-found\",\"detail\":\"there is no preset x\"}"
    );

    assertThat(gateway.run("presets", "delete", "a/b c")).isEqualTo(
      new Outcome(0, "preset a/b c: deleted" + System.lineSeparator(), "")
    );
    assertThat(gateway.run("presets", "delete", "x").exitCode()).isEqualTo(65);
    assertThat(gateway.run("presets", "delete").exitCode()).isEqualTo(64);
  }

  private List<String> puts() {
    return gateway
      .asked()
      .stream()
      .filter(asked -> asked.method().equals("PUT"))
      .map(Asked::body)
      .toList();
  }
}
