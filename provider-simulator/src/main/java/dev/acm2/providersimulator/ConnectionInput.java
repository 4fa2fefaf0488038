package dev.acm2.providersimulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/// The reading side of a connection. Waiting is a read with a time limit, so a client that goes
/// away ends the wait at once, and on a virtual thread it holds no platform thread. Bytes that
/// arrive during a wait (the next request of an eager client) are kept for the next read.
final class ConnectionInput {

  private static final int MAX_UNREAD = 1 << 20;

  private final Socket socket;
  private final InputStream in;
  private byte[] buffer = new byte[8192];
  private int next;
  private int end;

  ConnectionInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /// The next byte, or -1 at the end of the stream. Waits without limit.
  int read() throws IOException {
    if (next == end) {
      socket.setSoTimeout(0);
      if (!receive()) {
        return -1;
      }
    }
    return buffer[next++] & 0xff;
  }

  byte[] readExactly(int count) throws IOException {
    byte[] bytes = new byte[count];
    int buffered = Math.min(count, end - next);
    System.arraycopy(buffer, next, bytes, 0, buffered);
    next += buffered;
    socket.setSoTimeout(0);
    if (in.readNBytes(bytes, buffered, count - buffered) < count - buffered) {
      throw new EOFException("the body ended early");
    }
    return bytes;
  }

  /// Waits for `time`; false as soon as the client has closed or reset the connection, in either
  /// direction. Throws `SocketException` when the connection is closed from this side.
  boolean staysOpenFor(Duration time) throws IOException {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      socket.setSoTimeout((int) Math.clamp(left / 1_000_000, 1, Integer.MAX_VALUE));
      if (!openUntilTimeoutOrData()) {
        return false;
      }
    }
    return true;
  }

  /// Waits until the client has gone.
  void untilGone() throws IOException {
    boolean open;
    do {
      open = staysOpenFor(Duration.ofDays(1));
    } while (open);
  }

  private boolean openUntilTimeoutOrData() throws IOException {
    try {
      return receive();
    } catch (SocketTimeoutException e) {
      return true;
    } catch (SocketException e) {
      if (socket.isClosed()) {
        throw e;
      }
      return false;
    }
  }

  private boolean receive() throws IOException {
    makeRoom();
    int count = in.read(buffer, end, buffer.length - end);
    end += Math.max(count, 0);
    return count >= 0;
  }

  private void makeRoom() throws IOException {
    if (next == end) {
      next = 0;
      end = 0;
    }
    if (end == buffer.length) {
      if (buffer.length >= MAX_UNREAD) {
        throw new IOException("the client sends more while its answer is awaited");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }
}
