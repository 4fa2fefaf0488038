package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Gone;
import dev.acm2.gateway.Frame.GoneReason;
import dev.acm2.gateway.Frame.Reset;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.projection.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The frames of one run for one client, one after another. Used by one thread at a time.
///
/// A snapshot is only given once it is at least as new as the first view that the inbox of the client
/// holds, by the positions of both in the topic of views: nothing can lie between them.
final class LiveStream implements AutoCloseable {

  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final int RETRY_MIN_MS = 1000;
  private static final int RETRY_MAX_MS = 5000;
  private static final int NOT_FOUND = 404;

  private final RunHub hub;
  private final RunQueries queries;
  private final RunReads reads;
  private final InstantSource clock;
  private volatile Subscription subscription;
  private volatile boolean closed;
  private @Nullable RunRows snapshot;
  private @Nullable String resetReason;
  private AsOf asOf;
  private boolean begun;
  private boolean ended;
  private long nextFrameAt = System.nanoTime();

  /// @param from what the client says it has, null when it has nothing
  /// @param seen the version that this means, null when it means none
  LiveStream(Origin origin, RunId runId, @Nullable String from, @Nullable AsOf seen) {
    this.hub = origin.hub();
    this.queries = origin.queries();
    this.reads = origin.reads();
    this.clock = origin.clock();
    subscription = hub.attach(runId, seen);
    asOf = seen == null ? new AsOf(0, RunLog.partitionOf(runId), -1) : seen;
    resetReason = from == null ? null : "the stream cannot go on from " + shown(from);
  }

  /// Where frames come from.
  record Origin(RunHub hub, RunQueries queries, RunReads reads, InstantSource clock) {}

  /// Reads what the first frame needs, unless the stream goes on from what the client has.
  ///
  /// @throws ProblemException run-not-found, store-unavailable
  void begin() {
    begun = true;
    if (subscription.resumed()) {
      resetReason = null;
      return;
    }
    RunId runId = subscription.runId();
    RunRows rows = reads.await(runId, () -> queries.rows(runId));
    asOf = rows.run().asOf();
    snapshot = rows;
  }

  /// The next frame, after waiting for it; null when none follows.
  @Nullable
  Frame next() throws InterruptedException {
    while (!ended && !closed) {
      @Nullable
      Frame frame = begun ? attempt() : first();
      if (frame != null) {
        ended = frame instanceof Bye || frame instanceof Gone;
        return frame;
      }
    }
    return null;
  }

  RunId runId() {
    return subscription.runId();
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
  }

  private @Nullable Frame first() {
    try {
      begin();
      return null;
    } catch (ProblemException e) {
      return refused(e);
    }
  }

  private @Nullable Frame attempt() throws InterruptedException {
    if (subscription.isShutdown()) {
      return bye("shutdown");
    }
    @Nullable
    String broken = subscription.broken();
    if (broken != null) {
      return reopen(broken);
    }
    return snapshot == null ? live() : open(snapshot);
  }

  private @Nullable Frame open(RunRows rows) throws InterruptedException {
    if (rows.nextView() < subscription.coveredFrom()) {
      long retryAt = System.nanoTime() + PACE.toNanos();
      subscription.await(retryAt, retryAt);
      return readAgain();
    }
    AsOf version = rows.run().asOf();
    @Nullable
    String reason = resetReason;
    if (reason != null) {
      resetReason = null;
      return new Reset(runId(), version, reason);
    }
    subscription.startAt(version);
    snapshot = null;
    asOf = version;
    nextFrameAt = System.nanoTime() + PACE.toNanos();
    return new Snapshot(runId(), version, now(), rows.run(), rows.calls());
  }

  /// Reads the tables again; while they cannot be read, the client is better served by coming back.
  private @Nullable Frame readAgain() {
    try {
      Optional<RunRows> rows = queries.rows(runId());
      if (rows.isEmpty()) {
        return bye("the tables do not hold the run");
      }
      snapshot = rows.get();
      return null;
    } catch (ProblemException e) {
      return refused(e);
    }
  }

  private Frame refused(ProblemException refusal) {
    Problem problem = refusal.problem();
    if (problem.status() != NOT_FOUND) {
      return bye(problem.detail());
    }
    boolean deleted = problem.equals(ProblemException.runDeleted().problem());
    return new Gone(runId(), deleted ? GoneReason.DELETED : GoneReason.UNKNOWN);
  }

  private @Nullable Frame reopen(String reason) {
    RunId runId = runId();
    subscription.close();
    subscription = hub.attach(runId, null);
    if (closed) {
      subscription.close();
    }
    resetReason = reason;
    return readAgain();
  }

  private @Nullable Frame live() throws InterruptedException {
    if (System.nanoTime() - nextFrameAt >= 0) {
      @Nullable
      Delta delta = subscription.drain(now());
      if (delta != null && delta.run() != null && delta.run().deleted()) {
        return new Gone(runId(), GoneReason.DELETED);
      }
      if (delta != null) {
        asOf = delta.asOf();
        nextFrameAt = System.nanoTime() + PACE.toNanos();
        return delta;
      }
    }
    subscription.await(nextFrameAt, System.nanoTime() + LOOK.toNanos());
    return null;
  }

  /// The last frame of a stream that ends.
  Bye bye(String reason) {
    int retryMs = ThreadLocalRandom.current().nextInt(RETRY_MIN_MS, RETRY_MAX_MS + 1);
    return new Bye(runId(), asOf, reason, retryMs);
  }

  private Instant now() {
    return clock.instant();
  }

  private static String shown(String from) {
    return from.length() <= 60 ? from : from.substring(0, 60) + "...";
  }
}
