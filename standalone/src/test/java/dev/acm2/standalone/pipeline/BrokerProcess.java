package dev.acm2.standalone.pipeline;

import dev.acm2.embedded.EmbeddedKafka;
import dev.acm2.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A broker in a process of its own, always on the same port and folder, to be killed.
final class BrokerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int port = freePort();
  private Process process;

  BrokerProcess(Path folder) {
    this.folder = folder;
    this.process = start();
  }

  /// Arguments: folder, port.
  static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    new CountDownLatch(1).await();
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /// SIGKILL, and a new start on what the broker had acknowledged.
  void killAndRestart() {
    close();
    process = start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Await.until("the broker is gone", PATIENCE, () -> !process.isAlive());
  }

  private Process start() {
    try {
      Process started = JavaProcess.start(
        BrokerProcess.class.getName(),
        java.util.List.of(folder.resolve("kafka").toString(), Integer.toString(port)),
        folder.resolve("broker.log")
      );
      Await.until("the broker listens", PATIENCE, this::listens);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
