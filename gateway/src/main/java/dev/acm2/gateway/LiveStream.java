package dev.acm2.gateway;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.Frame.Bye;
import dev.acm2.gateway.Frame.Delta;
import dev.acm2.gateway.Frame.Reset;
import dev.acm2.gateway.Frame.Snapshot;
import dev.acm2.gateway.RunQueries.RunRows;
import dev.acm2.projection.AsOf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The frames for one client, one after another. Used by one thread at a time.
///
/// A snapshot is only sent once it is at least as new as the first view that the inbox of the client
/// holds, by the positions of both in the topic of views: nothing can lie between them.
final class LiveStream implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final int RETRY_MIN_MS = 1000;
  private static final int RETRY_MAX_MS = 5000;
  private static final String DELETED = "deleted";
  private static final int NOT_FOUND = 404;
  private static final byte[] COMMENT = utf8(": heartbeat\n\n");
  private static final byte[] NOTHING = {};

  private final RunHub hub;
  private final RunQueries queries;
  private volatile Subscription subscription;
  private volatile boolean closed;
  private @Nullable RunRows snapshot;
  private @Nullable String resetReason;
  private AsOf asOf;
  private boolean ended;
  private long nextFrameAt = System.nanoTime();
  private long heartbeatAt = nextFrameAt + HEARTBEAT.toNanos();

  /// @param lastEventId what the client says it has, null when it has nothing
  /// @param seen the version that this means, null when it means none
  LiveStream(
    RunHub hub,
    RunQueries queries,
    RunId runId,
    @Nullable String lastEventId,
    @Nullable AsOf seen
  ) {
    this.hub = hub;
    this.queries = queries;
    subscription = hub.attach(runId, seen);
    asOf = seen == null ? new AsOf(0, RunLog.partitionOf(runId), -1) : seen;
    resetReason = lastEventId == null ? null : "the stream cannot go on from " + shown(lastEventId);
  }

  /// Reads what the first frame needs, unless the stream goes on from what the client has.
  ///
  /// @throws ProblemException run-not-found, store-unavailable
  void begin(RunReads reads) {
    if (subscription.resumed()) {
      resetReason = null;
      return;
    }
    RunId runId = subscription.runId();
    RunRows rows = reads.await(runId, () -> queries.rows(runId));
    asOf = rows.run().asOf();
    snapshot = rows;
  }

  /// The next frame, after waiting for it; empty when the stream has ended.
  byte[] next() throws InterruptedException {
    while (!ended && !closed) {
      byte[] frame = attempt();
      if (frame.length > 0) {
        heartbeatAt = System.nanoTime() + HEARTBEAT.toNanos();
        return frame;
      }
    }
    ended = true;
    return NOTHING;
  }

  /// Whether no frame will follow.
  boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
  }

  private byte[] attempt() throws InterruptedException {
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

  private byte[] open(RunRows rows) throws InterruptedException {
    if (rows.nextView() < subscription.coveredFrom()) {
      long retryAt = System.nanoTime() + PACE.toNanos();
      subscription.await(retryAt, retryAt);
      return readAgain();
    }
    AsOf version = rows.run().asOf();
    subscription.startAt(version);
    snapshot = null;
    asOf = version;
    nextFrameAt = System.nanoTime() + PACE.toNanos();
    byte[] frame = frame("snapshot", true, new Snapshot(version, rows.run(), rows.calls()));
    if (resetReason == null) {
      return frame;
    }
    byte[] reset = frame("reset", false, new Reset(version, resetReason));
    resetReason = null;
    return concat(reset, frame);
  }

  /// Reads the tables again; while they cannot be read, the client is better served by coming back. That
  /// they say there is no such run means that it was deleted.
  private byte[] readAgain() {
    try {
      Optional<RunRows> rows = queries.rows(subscription.runId());
      if (rows.isEmpty()) {
        return bye("the tables do not hold the run");
      }
      snapshot = rows.get();
    } catch (ProblemException e) {
      return bye(e.problem().status() == NOT_FOUND ? DELETED : e.problem().detail());
    }
    return isHeartbeatDue() ? COMMENT : NOTHING;
  }

  private byte[] reopen(String reason) {
    RunId runId = subscription.runId();
    subscription.close();
    subscription = hub.attach(runId, null);
    if (closed) {
      subscription.close();
    }
    resetReason = reason;
    return readAgain();
  }

  private byte[] live() throws InterruptedException {
    if (System.nanoTime() - nextFrameAt >= 0) {
      @Nullable
      Delta delta = subscription.drain();
      if (delta != null && delta.run() != null && delta.run().deleted()) {
        return bye(DELETED);
      }
      if (delta != null) {
        asOf = delta.asOf();
        nextFrameAt = System.nanoTime() + PACE.toNanos();
        return frame("delta", true, delta);
      }
    }
    if (isHeartbeatDue()) {
      return COMMENT;
    }
    subscription.await(nextFrameAt, heartbeatAt);
    return NOTHING;
  }

  private byte[] bye(String reason) {
    ended = true;
    int retryMs = ThreadLocalRandom.current().nextInt(RETRY_MIN_MS, RETRY_MAX_MS + 1);
    byte[] retry = utf8("retry: " + retryMs + "\n");
    return concat(retry, frame("bye", false, new Bye(asOf, reason, retryMs)));
  }

  private boolean isHeartbeatDue() {
    return System.nanoTime() - heartbeatAt >= 0;
  }

  /// Only frames after which the client stands at the version carry it as their id.
  private static byte[] frame(String name, boolean withId, Frame frame) {
    String head = (withId ? "id: " + frame.asOf().id() + "\n" : "") + "event: " + name + "\ndata: ";
    return concat(utf8(head), ContractJson.VIEWS.writeValueAsBytes(frame), utf8("\n\n"));
  }

  private static String shown(String lastEventId) {
    return lastEventId.length() <= 60 ? lastEventId : lastEventId.substring(0, 60) + "...";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
