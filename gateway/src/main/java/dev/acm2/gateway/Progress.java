package dev.acm2.gateway;

import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog;
import dev.acm2.gateway.Pulse.Trouble;
import dev.acm2.gateway.Pulse.What;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far the views are behind the log, from one look at both to the next. Without IO or clock.
///
/// @param partitions of acm2.events, as they were seen last
record Progress(Map<Integer, OfPartition> partitions, @Nullable Trouble trouble) {
  /// Before the first look.
  static final Progress UNKNOWN = new Progress(Map.of(), null);

  /// One partition at one look.
  ///
  /// @param position the first event that is perhaps in no view yet
  /// @param behind events from there on
  record Seen(long position, long behind) {}

  /// @param movedAt the last look at which the position had moved, or nothing was waiting
  record OfPartition(Seen seen, Instant movedAt) {}

  Progress after(Map<Integer, Seen> looked, @Nullable String feedTrouble, Instant now) {
    Map<Integer, OfPartition> next = new HashMap<>();
    looked.forEach((partition, seen) ->
      next.put(partition, new OfPartition(seen, movedAt(partitions.get(partition), seen, now)))
    );
    return new Progress(
      Map.copyOf(next),
      feedTrouble == null ? null : since(What.FEED, feedTrouble, now)
    );
  }

  /// The log did not answer: what was seen before is no longer known to be true.
  Progress afterSilence(String reason, Instant now) {
    return new Progress(Map.of(), since(What.LOG, reason, now));
  }

  Pulse pulse(Collection<RunId> runs, Instant now) {
    return new Pulse(now, trouble, runs.stream().map(this::of).toList());
  }

  private Pulse.OfRun of(RunId runId) {
    @Nullable
    OfPartition known = partitions.get(RunLog.partitionOf(runId));
    if (known == null) {
      return new Pulse.OfRun(runId, null, null);
    }
    long behind = known.seen().behind();
    return new Pulse.OfRun(runId, behind, behind == 0 ? null : known.movedAt());
  }

  private Trouble since(What what, String reason, Instant now) {
    boolean same = trouble != null && trouble.what() == what;
    return new Trouble(what, same && trouble != null ? trouble.since() : now, reason);
  }

  private static Instant movedAt(@Nullable OfPartition before, Seen seen, Instant now) {
    boolean stands =
      before != null &&
      before.seen().behind() > 0 &&
      seen.behind() > 0 &&
      seen.position() <= before.seen().position();
    return stands && before != null ? before.movedAt() : now;
  }
}
