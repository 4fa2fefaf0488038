package dev.acm2.worker.provider;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.Timings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An answer that is made in the background: the request gets a receipt, and is then looked at until
/// it is no longer under way. All of it is one exchange inside one limit; looking costs nothing, so
/// a look that fails is no failure of the exchange. When it is given up, the provider is told once.
final class BackgroundExchange implements Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundExchange.class);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private final long startedAt = System.nanoTime();
  private final HttpExchanges.Polls polls;
  private final Duration pause;
  private final CountDownLatch aborted = new CountDownLatch(1);
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile HttpExchange current;
  private volatile @Nullable Receipt receipt;

  /// @param arrived the last that was heard of it
  private record Receipt(String id, Arrived arrived) {}

  BackgroundExchange(HttpExchange first, HttpExchanges.Polls polls, Duration pause) {
    this.current = first;
    this.polls = polls;
    this.pause = pause;
  }

  @Override
  public ExchangeEnd await(Duration limit) {
    long endsAt = System.nanoTime() + limit.toNanos();
    ExchangeEnd end = current.await(limit);
    while (isUnderWay(end)) {
      Receipt last = receipt;
      if (last == null || isAbortedWithin(shorter(pause, left(endsAt)))) {
        return given(new ExchangeEnd.Aborted(arrived()));
      }
      if (left(endsAt).isZero()) {
        return given(new ExchangeEnd.TimedOut(arrived(), limit));
      }
      end = look(last.id(), left(endsAt));
    }
    return end.with(timed(end.arrived()));
  }

  private ExchangeEnd look(String id, Duration left) {
    HttpExchange next = polls.look(id);
    current = next;
    if (isAborted()) {
      next.abort();
    }
    return next.await(shorter(LONGEST_LOOK, left));
  }

  /// Whether there is more to come. Notes what was heard.
  private boolean isUnderWay(ExchangeEnd end) {
    return switch (end) {
      case ExchangeEnd.Complete complete -> isUnderWay(complete.arrived());
      // Without a receipt nothing can be asked; with one, the next look may do better.
      case ExchangeEnd.Broken _, ExchangeEnd.TimedOut _ -> receipt != null;
      case ExchangeEnd.Aborted _ -> receipt != null;
      case ExchangeEnd.TooLarge _, ExchangeEnd.Exited _ -> false;
    };
  }

  private boolean isUnderWay(Arrived arrived) {
    Integer status = arrived.status();
    if (status == null || status < 200 || status >= 300) {
      return receipt != null && status != null && (status == 429 || status >= 500);
    }
    Optional<String> id = unfinished(arrived);
    id.ifPresent(known -> receipt = new Receipt(known, arrived));
    return id.isPresent();
  }

  private static Optional<String> unfinished(Arrived arrived) {
    try {
      JsonNode answer = ContractJson.EVENTS.readTree(arrived.body());
      String status = answer.path("status").asString("");
      String id = answer.path("id").asString("");
      boolean unfinished = status.equals("queued") || status.equals("in_progress");
      return unfinished && ID.matcher(id).matches() ? Optional.of(id) : Optional.empty();
    } catch (JacksonException unreadable) {
      // The classification says what is wrong with it.
      return Optional.empty();
    }
  }

  private ExchangeEnd given(ExchangeEnd up) {
    cancelAtProvider();
    return up;
  }

  private boolean isAborted() {
    return aborted.getCount() == 0;
  }

  private boolean isAbortedWithin(Duration patience) {
    try {
      return aborted.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void abort() {
    aborted.countDown();
    current.abort();
    cancelAtProvider();
  }

  private void cancelAtProvider() {
    Receipt last = receipt;
    if (last != null && cancelled.compareAndSet(false, true)) {
      Thread.ofVirtual().start(() -> cancel(last.id()));
    }
  }

  private void cancel(String id) {
    ExchangeEnd end = polls.cancel(id).await(LONGEST_LOOK);
    Integer status = end.arrived().status();
    if (status == null || status >= 300) {
      LOG.warn("background answer {} could not be cancelled: HTTP status {}", id, status);
    }
  }

  /// The looks are no stages of the answer: with the receipt its first byte is what is waited for.
  @Override
  public Stage stage() {
    return receipt == null ? current.stage() : Stage.FIRST_BYTE;
  }

  @Override
  public Arrived arrived() {
    Arrived now = current.arrived();
    Receipt last = receipt;
    return timed(last == null || now.body().length > 0 ? now : last.arrived());
  }

  /// From the request on, not from the last look.
  private Arrived timed(Arrived arrived) {
    Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
    return arrived.withTimings(new Timings(total, total));
  }

  private static Duration left(long endsAt) {
    return Duration.ofNanos(Math.max(0, endsAt - System.nanoTime()));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
