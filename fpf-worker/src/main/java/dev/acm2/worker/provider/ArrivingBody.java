package dev.acm2.worker.provider;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Collects a body as it arrives, so that the part of a broken one is known, and cuts it at a
/// limit.
final class ArrivingBody implements BodySubscriber<Integer> {

  private final int limit;
  private final Runnable onFirstByte;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> done = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private boolean cancelled;
  private volatile int size;

  ArrivingBody(int limit, Runnable onFirstByte) {
    this.limit = limit;
    this.onFirstByte = onFirstByte;
  }

  /// The body is larger than the limit.
  static final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  @Override
  public CompletionStage<Integer> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription given) {
    synchronized (this) {
      subscription = given;
    }
    if (isCancelled()) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      append(buffer);
    }
    if (size() > limit) {
      cancel();
      done.completeExceptionally(new TooLargeException());
    }
  }

  private synchronized void append(ByteBuffer buffer) {
    if (bytes.size() == 0 && buffer.hasRemaining()) {
      onFirstByte.run();
    }
    byte[] piece = new byte[Math.min(buffer.remaining(), limit + 1 - bytes.size())];
    buffer.get(piece);
    bytes.writeBytes(piece);
    size = bytes.size();
  }

  @Override
  public void onError(Throwable throwable) {
    done.completeExceptionally(throwable);
  }

  @Override
  public void onComplete() {
    done.complete(size());
  }

  /// Stops the body, now or as soon as it begins.
  void cancel() {
    Subscription running;
    synchronized (this) {
      cancelled = true;
      running = subscription;
    }
    if (running != null) {
      running.cancel();
    }
  }

  synchronized byte[] arrived() {
    return bytes.toByteArray();
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /// Bytes that have arrived; does not wait for those that are arriving.
  int size() {
    return size;
  }
}
