package dev.acm2.standalone.pipeline;

import dev.acm2.standalone.Service;
import dev.acm2.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A service in a process of its own, with this test's class path.
final class ServiceProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final URI health;

  private ServiceProcess(String name, Process process, String url) {
    this.name = name;
    this.process = process;
    this.health = URI.create(url + "/actuator/health");
  }

  static ServiceProcess start(Service service, List<String> arguments, String url, Path logs) {
    return start(service.label(), service, arguments, url, logs);
  }

  /// @param name of the process in messages and of its log file
  static ServiceProcess start(
    String name,
    Service service,
    List<String> arguments,
    String url,
    Path logs
  ) {
    try {
      Path log = logs.resolve(name + ".log");
      Process process = JavaProcess.start(service.mainClass().getName(), arguments, log);
      return new ServiceProcess(name, process, url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    HttpClient http = HttpClient.newHttpClient();
    Await.until(name + " is up", PATIENCE, () -> {
      if (!process.isAlive()) {
        throw new IllegalStateException(name + " died with " + process.exitValue());
      }
      try {
        return (
          http
            .send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
            .statusCode() == 200
        );
      } catch (IOException e) {
        return false;
      }
    });
  }

  /// SIGKILL: nothing of the process runs any more when this returns.
  void kill() {
    process.destroyForcibly();
    Await.until(name + " is gone", PATIENCE, () -> !process.isAlive());
  }

  @Override
  public void close() {
    kill();
  }
}
