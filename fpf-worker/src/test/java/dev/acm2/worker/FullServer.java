package dev.acm2.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server whose queue of connections is full, so that none comes to stand until it admits them. It
/// answers nobody.
public final class FullServer implements AutoCloseable {

  private static final int PATIENCE_MS = 500;
  private static final int MOST = 1000;

  private final ServerSocket socket;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public FullServer() {
    try {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One that does not get in may only have been slow.
  private void fill() throws IOException {
    int refused = 0;
    while (refused < 2) {
      if (open.size() > MOST) {
        throw new IOException("the queue of connections has no end here");
      }
      refused = getsIn() ? 0 : refused + 1;
    }
  }

  private boolean getsIn() throws IOException {
    Socket next = new Socket();
    try {
      next.connect(socket.getLocalSocketAddress(), PATIENCE_MS);
      return open.add(next);
    } catch (SocketTimeoutException full) {
      next.close();
      return false;
    }
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /// From now on connections come to stand, also those that have been waiting.
  public void admit() {
    Thread.ofVirtual().name("full-server").start(this::accept);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        open.add(socket.accept());
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
