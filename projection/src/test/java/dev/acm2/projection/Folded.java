package dev.acm2.projection;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import dev.acm2.testkit.RandomRun;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Random logs, folded event by event.
final class Folded {

  static final RunId RUN = Facts.runId(1);

  private Folded() {}

  /// What one event changed.
  ///
  /// @param callBefore of the call that the event speaks of; null when it speaks of none, or of one that
  ///     nothing has been said of yet
  record Change(
    RecordedEvent recorded,
    @Nullable RunView before,
    RunView after,
    @Nullable CallView callBefore,
    @Nullable CallView callAfter,
    RunProjection all
  ) {}

  interface Law {
    void holds(Change change);
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /// Logs of every kind of run: plain, run anew, deleted.
  static List<List<RecordedEvent>> logs(long seed) {
    return List.of(
      RandomRun.log(seed, RUN, 2),
      JudgedRun.anewLog(seed, RUN, 1),
      RandomRun.deletedLog(seed, RUN, 2)
    );
  }

  static AsOf at(long offset) {
    return new AsOf(1, 0, offset);
  }

  static RunProjection fold(List<RecordedEvent> log) {
    RunProjection projection = new RunProjection();
    for (int offset = 0; offset < log.size(); offset++) {
      projection.apply(log.get(offset), at(offset));
    }
    return projection;
  }

  /// The law over logs of every kind.
  static void foldAll(long seed, Law law) {
    logs(seed).forEach(log -> fold(log, law));
  }

  static RunProjection fold(List<RecordedEvent> log, Law law) {
    RunProjection projection = new RunProjection();
    for (int offset = 0; offset < log.size(); offset++) {
      RecordedEvent recorded = log.get(offset);
      @Nullable
      CallId id = recorded.event() instanceof CallEvent event ? event.callId() : null;
      @Nullable
      RunView before = projection.run();
      @Nullable
      CallView callBefore = id == null ? null : projection.call(id);
      projection.apply(recorded, at(offset));
      @Nullable
      CallView callAfter = id == null ? null : projection.call(id);
      RunView after = Objects.requireNonNull(projection.run());
      law.holds(new Change(recorded, before, after, callBefore, callAfter, projection));
    }
    return projection;
  }
}
