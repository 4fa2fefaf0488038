package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the tests of `ui/e2e` in a real browser against the whole pipeline. They fail, and say so, when
/// the machine has no Chromium or Chrome.
///
/// Most of the time goes by in waiting for runs, so the tests run in parts side by side, each part on a
/// system of its own, since what a test tells the provider holds for all runs.
class BrowserIT {

  private static final Path UI = Path.of("..", "ui").toAbsolutePath().normalize();
  /// Answers take less than a second; tests that need time to interfere let a run make one call at a time.
  private static final double SPEED = 120;
  private static final int PARTS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Test
  void shouldShowInTheBrowserWhatTheLogSays(@TempDir Path folder) throws Exception {
    try (ExecutorService parts = Executors.newFixedThreadPool(PARTS)) {
      List<Callable<Boolean>> all = IntStream.rangeClosed(1, PARTS)
        .mapToObj(part -> (Callable<Boolean>) () -> passes(part, folder.resolve("part-" + part)))
        .toList();
      List<Future<Boolean>> done = parts.invokeAll(all);
      for (int part = 1; part <= PARTS; part++) {
        assertThat(done.get(part - 1).get())
          .as("part %d passes within %s:%n%s", part, PATIENCE, Files.readString(output(part)))
          .isTrue();
      }
    }
  }

  private static boolean passes(int part, Path folder) throws Exception {
    SimulatorOptions options = SimulatorOptions.defaults().withSpeed(SPEED);
    try (Standalone acm2 = Standalone.start(StandaloneOptions.in(folder).withSimulator(options))) {
      Process tests = playwright(part, acm2);
      boolean ended = tests.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        tests.destroyForcibly();
      }
      return ended && tests.exitValue() == 0;
    }
  }

  private static Process playwright(int part, Standalone acm2) throws IOException {
    String shard = "--shard=" + part + "/" + PARTS;
    String artifacts = "--output=" + UI.resolve("target").resolve("e2e-" + part);
    ProcessBuilder builder = new ProcessBuilder(
      "npm",
      "run",
      "--silent",
      "e2e",
      "--",
      shard,
      artifacts
    )
      .directory(UI.toFile())
      .redirectErrorStream(true);
    // Not inherited: the test runner talks over the standard streams of this process.
    builder.redirectOutput(output(part).toFile());
    builder.environment().put("ACM2_BASE_URL", acm2.gatewayUrl());
    builder
      .environment()
      .put("ACM2_LEDGER_URL", Objects.requireNonNull(acm2.simulator()).baseUrl());
    return builder.start();
  }

  private static Path output(int part) {
    return Path.of("target", "browser-tests-" + part + ".log");
  }
}
