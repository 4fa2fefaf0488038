package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the tests of `ui/e2e` in a real browser against the whole pipeline. They fail, and say so, when
/// the machine has no Chromium or Chrome.
class BrowserIT {

  private static final Path OUTPUT = Path.of("target/browser-tests.log");
  private static final Path UI = Path.of("../ui");
  /// Answers take between half a second and ten, so that there is something to watch.
  private static final double SPEED = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Test
  void shouldShowInTheBrowserWhatTheLogSays(@TempDir Path folder) throws Exception {
    SimulatorOptions options = SimulatorOptions.defaults().withSpeed(SPEED);
    try (Standalone acm2 = Standalone.start(StandaloneOptions.in(folder).withSimulator(options))) {
      Process tests = playwright(acm2);
      boolean ended = tests.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        tests.destroyForcibly();
      }
      assertThat(ended && tests.exitValue() == 0)
        .as("the browser tests pass within %s:%n%s", PATIENCE, Files.readString(OUTPUT))
        .isTrue();
    }
  }

  private static Process playwright(Standalone acm2) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("npm", "run", "--silent", "e2e")
      .directory(UI.toFile())
      .redirectErrorStream(true);
    // Not inherited: the test runner talks over the standard streams of this process.
    builder.redirectOutput(OUTPUT.toFile());
    builder.environment().put("ACM2_BASE_URL", acm2.gatewayUrl());
    builder
      .environment()
      .put("ACM2_LEDGER_URL", Objects.requireNonNull(acm2.simulator()).baseUrl());
    return builder.start();
  }
}
