package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
///
/// With `-Dacm2.e2e=outage` only the tests run whose file has this in its name.
class BrowserIT {

  private static final Path UI = Path.of("..", "ui").toAbsolutePath().normalize();
  private static final int PARTS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

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
    try (BrowserStack stack = BrowserStack.start(folder)) {
      Process tests = playwright(part, stack);
      boolean ended = tests.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        tests.destroyForcibly();
      }
      return ended && tests.exitValue() == 0;
    }
  }

  private static Process playwright(int part, BrowserStack stack) throws IOException {
    List<String> command = new ArrayList<>(List.of("npm", "run", "--silent", "e2e", "--"));
    command.add("--shard=" + part + "/" + PARTS);
    command.add("--output=" + UI.resolve("target").resolve("e2e-" + part));
    Optional.ofNullable(System.getProperty("acm2.e2e")).ifPresent(command::add);
    ProcessBuilder builder = new ProcessBuilder(command)
      .directory(UI.toFile())
      .redirectErrorStream(true);
    // Not inherited: the test runner talks over the standard streams of this process.
    builder.redirectOutput(output(part).toFile());
    builder.environment().putAll(stack.environment());
    return builder.start();
  }

  private static Path output(int part) {
    return Path.of("target", "browser-tests-" + part + ".log");
  }
}
