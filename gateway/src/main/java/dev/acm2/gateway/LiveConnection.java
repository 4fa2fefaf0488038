package dev.acm2.gateway;

import dev.acm2.gateway.Frame.Gone;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/// What one client is sent, piece by piece: the frames of all runs that it watches, and every 2 s how far
/// they are behind the log.
///
/// Each run has a reader of its own, which makes one frame and hands it over before it makes the next: a
/// run whose snapshot takes long holds nobody back, and a client that does not read costs, of each run,
/// one frame and the latest value of each call.
final class LiveConnection implements AutoCloseable {

  private static final Duration FIRST_PULSE = Duration.ofMillis(500);
  private static final Duration PULSE = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final byte[] NOTHING = {};

  private final List<LiveStream> streams;
  private final FrameText text;
  private final ProgressWatch progress;
  private final SynchronousQueue<Turn> turns = new SynchronousQueue<>(true);
  private volatile boolean closed;
  private int open;
  private boolean begun;
  private long pulseAt;

  LiveConnection(List<LiveStream> streams, FrameText text, ProgressWatch progress) {
    this.streams = streams;
    this.text = text;
    this.progress = progress;
    open = streams.size();
  }

  private sealed interface Turn {}

  private record Told(Frame frame) implements Turn {}

  private record Ended() implements Turn {}

  private record Failed(RuntimeException why) implements Turn {}

  /// The next piece, after waiting for it; empty when nothing follows. Called by one thread at a time.
  ///
  /// @throws RuntimeException what the making of a frame failed with
  byte[] next() throws InterruptedException {
    if (!begun) {
      return begin();
    }
    while (!ended()) {
      long patience = pulseAt - System.nanoTime();
      Turn turn = patience <= 0 ? null : turns.poll(patience, TimeUnit.NANOSECONDS);
      switch (turn) {
        case null -> {
          return pulse();
        }
        case Told(Frame frame) -> {
          return text.of(frame);
        }
        case Ended _ -> open--;
        case Failed(RuntimeException why) -> throw why;
      }
    }
    return NOTHING;
  }

  /// Whether no piece will follow.
  boolean ended() {
    return closed || open == 0;
  }

  /// The readers find out by themselves, at the next frame or a moment later.
  @Override
  public void close() {
    closed = true;
    streams.forEach(LiveStream::close);
  }

  private byte[] begin() {
    begun = true;
    for (LiveStream stream : streams) {
      Thread.ofVirtual()
        .name("live-" + stream.runId())
        .start(() -> read(stream));
    }
    pulseAt = System.nanoTime() + FIRST_PULSE.toNanos();
    return FrameText.OPEN;
  }

  private byte[] pulse() {
    pulseAt = System.nanoTime() + PULSE.toNanos();
    return FrameText.of(progress.pulse(streams.stream().map(LiveStream::runId).toList()));
  }

  /// A client of one run is told goodbye when it is gone, since nothing else is left to tell.
  private Frame spoken(LiveStream stream, Frame frame) {
    return frame instanceof Gone(var _, var why) && text == FrameText.ONE_RUN
      ? stream.bye(why.name().toLowerCase(Locale.ROOT))
      : frame;
  }

  private void read(LiveStream stream) {
    try {
      for (Frame frame = stream.next(); frame != null; frame = stream.next()) {
        hand(new Told(spoken(stream, frame)));
      }
      hand(new Ended());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException why) {
    try {
      hand(new Failed(why));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Turn turn) throws InterruptedException {
    boolean taken = false;
    while (!taken && !closed) {
      taken = turns.offer(turn, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
