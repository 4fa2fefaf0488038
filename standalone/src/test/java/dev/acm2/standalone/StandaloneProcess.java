package dev.acm2.standalone;

import dev.acm2.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A JVM of its own with the class path of the tests, leader of its process group.
record StandaloneProcess(Process process, Path log) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static StandaloneProcess start(Class<?> mainClass, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>(
      List.of(
        "setsid",
        System.getProperty("java.home") + "/bin/java",
        "-Xmx400m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        mainClass.getName()
      )
    );
    command.addAll(arguments);
    try {
      File output = log.toFile();
      return new StandaloneProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start(),
        log
      );
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Everything on free ports; returns when it is ready.
  static StandaloneProcess up(Path data, Path log, String... more) {
    List<String> arguments = new ArrayList<>(
      List.of("up", "--port", "0", "--data-dir", data.toString())
    );
    arguments.addAll(List.of(more));
    StandaloneProcess started = start(StandaloneCommand.class, log, arguments);
    Await.until(
      "ready: " + log,
      PATIENCE,
      () -> started.described(data).isPresent() || !started.process.isAlive()
    );
    if (started.described(data).isEmpty()) {
      throw new AssertionError("did not start:\n" + started.output());
    }
    return started;
  }

  /// What this process says of itself, and no one before it.
  Optional<Description> described(Path data) {
    Path file = data.resolve("standalone.json");
    return Files.exists(file)
      ? Optional.of(Description.read(file)).filter(it -> it.pid() == process.pid())
      : Optional.empty();
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void kill9() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Signals the whole group, as a terminal or a service manager does.
  int terminateGroup() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-TERM", "--", "-" + process.pid()).start().waitFor();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still there:\n" + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
