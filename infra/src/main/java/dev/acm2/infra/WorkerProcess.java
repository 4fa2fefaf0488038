package dev.acm2.infra;

import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A worker in a process of its own, that can be frozen.
final class WorkerProcess implements AutoCloseable {

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /// Calls may be asked for at once: they wait in the log until the worker is there.
  static WorkerProcess start(Standalone acm2, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Service.WORKER.mainClass().getName());
    command.addAll(acm2.arguments(Service.WORKER));
    return new WorkerProcess(
      new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("worker.log").toFile())
        .start()
    );
  }

  /// SIGSTOP: the process exists, holds its connections, and does nothing any more.
  void freeze() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("cannot stop process " + process.pid());
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
