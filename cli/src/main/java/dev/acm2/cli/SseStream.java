package dev.acm2.cli;

import dev.acm2.cli.SseParser.SseEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A live stream that can be waited on with a time limit: a read from a connection cannot be, so a
/// thread of its own does it. The queue is bounded; a slow reader slows down the connection.
final class SseStream implements AutoCloseable {

  private static final int AHEAD = 64;

  private final InputStream body;
  private final Thread thread;
  private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(AHEAD);

  private SseStream(InputStream body) {
    this.body = body;
    this.thread = Thread.ofVirtual().name("sse").unstarted(this::read);
  }

  /// What came out of the stream.
  sealed interface Message {}

  record Received(SseEvent event) implements Message {}

  record Heartbeat() implements Message {}

  /// Nothing more will come.
  record Ended(String reason) implements Message {}

  static SseStream of(InputStream body) {
    SseStream stream = new SseStream(body);
    stream.thread.start();
    return stream;
  }

  /// @return null when nothing came in that time
  @Nullable
  Message next(Duration atMost) {
    try {
      return messages.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended("interrupted");
    }
  }

  private void read() {
    try {
      messages.put(new Ended(readToEnd()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String readToEnd() throws InterruptedException {
    SseParser parser = new SseParser();
    try (
      BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))
    ) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          messages.put(new Heartbeat());
        }
        var event = parser.line(line);
        if (event.isPresent()) {
          messages.put(new Received(event.get()));
        }
      }
      return "the server ended the stream";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Closes the connection and ends the thread.
  @Override
  public void close() {
    thread.interrupt();
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
