package dev.acm2.worker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A provider on a plain socket that does what the script says, one entry a request; the last entry
/// is repeated.
public final class ScriptedServer implements AutoCloseable {

  private final ServerSocket socket;
  private final Queue<Behaviour> script = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What the server does after it has read a request.
  public interface Behaviour {
    void answer(Socket socket, ScriptedServer server) throws IOException, InterruptedException;
  }

  /// A request as it came.
  public record Request(String head, String body) {
    /// Method and path.
    public String line() {
      return head.substring(0, head.indexOf(" HTTP/"));
    }

    public String header(String name) {
      return head
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
    }
  }

  public ScriptedServer(Behaviour... behaviours) {
    script.addAll(List.of(behaviours));
    try {
      socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("scripted-server").start(this::accept);
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  public List<Request> requests() {
    return requests;
  }

  public static Behaviour reply(int status, String body, String... headers) {
    return (socket, server) -> {
      write(socket, head(status, body.getBytes(StandardCharsets.UTF_8).length, headers) + body);
      socket.close();
    };
  }

  public static Behaviour hang() {
    return (socket, server) -> server.closed.await();
  }

  /// Headers that promise 100,000 bytes, some of them, then silence.
  public static Behaviour hangAfter(String part) {
    return (socket, server) -> {
      write(socket, head(200, 100_000) + part);
      server.closed.await();
    };
  }

  /// Headers, then one byte each 50 ms, for ever.
  public static Behaviour trickle() {
    return (socket, server) -> {
      write(socket, head(200, 100_000));
      while (!server.closed.await(50, TimeUnit.MILLISECONDS)) {
        write(socket, " ");
      }
    };
  }

  public static Behaviour reset() {
    return (socket, server) -> {
      socket.setSoLinger(true, 0);
      socket.close();
    };
  }

  /// Headers that promise more than there is, then the end.
  public static Behaviour breakOffAfter(String part) {
    return (socket, server) -> {
      write(socket, head(200, 100_000) + part);
      socket.close();
    };
  }

  private static String head(int status, int length, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return (
      "HTTP/1.1 " +
      status +
      " Status\r\nContent-Type: application/json\r\nContent-Length: " +
      length +
      "\r\nConnection: close\r\n" +
      more +
      "\r\n"
    );
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket connection) {
    try {
      requests.add(read(new BufferedInputStream(connection.getInputStream())));
      Behaviour next = script.size() > 1 ? script.remove() : script.element();
      next.answer(connection, this);
    } catch (IOException e) {
      // The worker closes connections in the middle; that is what is tested.
      open.remove(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String told = new Request(text, "").header("content-length");
    int length = told.isEmpty() ? 0 : Integer.parseInt(told);
    return new Request(text, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closed.countDown();
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
