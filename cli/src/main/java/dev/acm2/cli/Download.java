package dev.acm2.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// A body of any length that is passed on as it arrives. It may take as long as it takes; only a sender
/// that says nothing for too long is given up: a read from a connection cannot be limited, so a thread of
/// its own does it.
final class Download implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int BLOCK = 64 * 1024;
  private static final long NOT_READING = Long.MAX_VALUE;

  private final InputStream body;
  private final Duration silence;
  private final AtomicLong giveUpAt = new AtomicLong(NOT_READING);

  /// @param silence how long the sender may say nothing
  Download(InputStream body, Duration silence) {
    this.body = body;
    this.silence = silence;
  }

  /// Takes the blocks of the body.
  interface Taker {
    void take(byte[] block, int length) throws IOException;
  }

  /// Hands over the body to its end.
  ///
  /// @throws CliFailure [ExitCode#UNAVAILABLE] when it is cut off or the sender falls silent
  /// @throws IOException of the taker
  void to(Taker taker) throws IOException {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Void> copying = new CompletableFuture<>();
      thread.execute(() -> copy(taker, copying));
      await(copying);
    }
  }

  private void copy(Taker taker, CompletableFuture<Void> copying) {
    byte[] block = new byte[BLOCK];
    try {
      for (int length = read(block); length >= 0; length = read(block)) {
        taker.take(block, length);
      }
      copying.complete(null);
    } catch (IOException | RuntimeException e) {
      copying.completeExceptionally(e);
    }
  }

  private int read(byte[] block) {
    giveUpAt.set(System.nanoTime() + silence.toNanos());
    try {
      return body.read(block);
    } catch (IOException e) {
      throw new CliFailure(
        ExitCode.UNAVAILABLE,
        "the answer was cut off before it was whole: " + e.getMessage(),
        e
      );
    } finally {
      giveUpAt.set(NOT_READING);
    }
  }

  private void await(CompletableFuture<Void> copying) throws IOException {
    while (true) {
      try {
        copying.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        checkSilence();
      } catch (ExecutionException e) {
        throw failure(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        body.close();
        throw new CliFailure(ExitCode.UNAVAILABLE, "interrupted", e);
      }
    }
  }

  private void checkSilence() throws IOException {
    long limit = giveUpAt.get();
    if (limit != NOT_READING && System.nanoTime() - limit > 0) {
      body.close();
      throw new CliFailure(
        ExitCode.UNAVAILABLE,
        "the service has said nothing for " + Format.duration(silence)
      );
    }
  }

  private static RuntimeException failure(ExecutionException e) throws IOException {
    return switch (e.getCause()) {
      case IOException refused -> throw refused;
      case RuntimeException failed -> failed;
      case null, default -> new IllegalStateException(e);
    };
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
