package dev.acm2.standalone.pipeline;

import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Workers, each a process of its own, on the log and the providers of one standalone.
final class WorkerFleet implements AutoCloseable {

  private final Standalone acm2;
  private final Path logs;
  private final List<Integer> ports = new ArrayList<>();
  private final List<ServiceProcess> workers = new ArrayList<>();

  WorkerFleet(Standalone acm2, int size, Path logs) {
    this.acm2 = acm2;
    this.logs = logs;
    for (int index = 0; index < size; index++) {
      ports.add(freePort());
      workers.add(start(index));
    }
  }

  int size() {
    return workers.size();
  }

  void awaitReady() {
    workers.forEach(ServiceProcess::awaitReady);
  }

  /// SIGKILL to a worker that works, and a new start in its place that nobody waits for.
  void killAndRestart(int index) {
    workers.get(index).awaitReady();
    workers.get(index).kill();
    workers.set(index, start(index));
  }

  private ServiceProcess start(int index) {
    List<String> arguments = new ArrayList<>(acm2.arguments(Service.WORKER));
    arguments.removeIf(each -> each.startsWith("--server.port="));
    arguments.add("--server.port=" + ports.get(index));
    String name = "worker-" + (index + 1);
    arguments.add("--acm2.worker.instance=" + name);
    String url = "http://127.0.0.1:" + ports.get(index);
    return ServiceProcess.start(name, Service.WORKER, arguments, url, logs);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    workers.forEach(ServiceProcess::close);
  }
}
