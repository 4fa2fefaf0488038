package dev.acm2.gateway;

import dev.acm2.gateway.View.OfCall;
import dev.acm2.gateway.View.OfRun;
import dev.acm2.projection.AsOf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The views of one run that passed lately: the latest of each key, the longest unchanged are dropped
/// first. It knows from where on it is complete. Without IO, not thread-safe.
final class RecentViews {

  private static final Object RUN = new Object();

  private final int capacity;
  private final Map<Object, Kept> kept = new LinkedHashMap<>();
  private long coveredFrom;
  private long coveredAbove = Long.MAX_VALUE;
  private @Nullable AsOf newest;
  private int generation = -1;
  private long nextPosition;

  private record Kept(View view, long position) {}

  /// @param coveredFrom position in the topic from where on no view of the run has been missed
  /// @param capacity keys to keep, 2 or more
  RecentViews(long coveredFrom, int capacity) {
    this.coveredFrom = coveredFrom;
    this.nextPosition = coveredFrom;
    this.capacity = capacity;
  }

  /// Takes the next view; one that is not newer than the one of the same key changes nothing.
  void accept(View view, long position) {
    if (view.generation() != generation) {
      begin(view.generation(), position);
    }
    coveredAbove = Math.min(coveredAbove, firstCovered(view));
    nextPosition = Math.max(nextPosition, position + 1);
    Object key = key(view);
    @Nullable
    Kept known = kept.get(key);
    if (known != null && view.version() <= known.view().version()) {
      return;
    }
    kept.remove(key);
    kept.put(key, new Kept(view, position));
    if (view instanceof OfRun(var run)) {
      newest = run.asOf();
    }
    dropEldest();
  }

  /// Position from where on every view of the run is here, or has been replaced by a newer one.
  long coveredFrom() {
    return coveredFrom;
  }

  /// The position after the last view that was taken.
  long nextPosition() {
    return nextPosition;
  }

  /// Whether all that came after the version is here.
  boolean reachesBackTo(AsOf seen) {
    return (
      newest != null &&
      newest.generation() == seen.generation() &&
      newest.partition() == seen.partition() &&
      seen.offset() >= coveredAbove &&
      seen.offset() <= newest.offset()
    );
  }

  /// In the order in which they passed.
  void forEach(Consumer<View> reader) {
    kept.values().forEach(entry -> reader.accept(entry.view()));
  }

  private void begin(int newGeneration, long position) {
    if (!kept.isEmpty()) {
      kept.clear();
      newest = null;
      coveredAbove = Long.MAX_VALUE;
      coveredFrom = position;
    }
    generation = newGeneration;
  }

  private void dropEldest() {
    if (kept.size() > capacity) {
      var eldest = kept.entrySet().iterator();
      Kept dropped = eldest.next().getValue();
      eldest.remove();
      coveredFrom = Math.max(coveredFrom, dropped.position() + 1);
      coveredAbove = Math.max(coveredAbove, dropped.view().version());
    }
  }

  /// The first view ever seen tells what came before it: nothing when it is the request of the run,
  /// else perhaps everything before it, and before a run view perhaps the call of the same version.
  private long firstCovered(View view) {
    if (coveredAbove != Long.MAX_VALUE) {
      return coveredAbove;
    }
    return switch (view) {
      case OfRun(var run) -> run.spec() != null ? -1 : view.version();
      case OfCall _ -> view.version() - 1;
    };
  }

  private static Object key(View view) {
    return switch (view) {
      case OfRun _ -> RUN;
      case OfCall ofCall -> ofCall.call().callId();
    };
  }
}
