package dev.acm2.standalone;

import dev.acm2.cli.CliFailure;
import dev.acm2.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of the loopback address.
final class Ports {

  private Ports() {}

  /// A port that was free a moment ago.
  static int free() {
    try {
      return probe(0);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /// The port, or a free one for 0.
  ///
  /// @throws CliFailure when somebody else has it
  static int orFree(int wanted) {
    try {
      return probe(wanted);
    } catch (IOException e) {
      throw new CliFailure(
        ExitCode.UNAVAILABLE,
        "port " + wanted + " is taken; choose another with --port",
        e
      );
    }
  }

  private static int probe(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
