package dev.acm2.orchestrator;

import dev.acm2.orchestrator.Lane.LaneRun;
import dev.acm2.orchestrator.LaneEntries.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides which calls a lane releases.
///
/// Laws: never more calls are released and not freed than the concurrency allows, all runs and workers
/// together; no 60 s hold more releases than the requests per minute; nothing is released during a
/// block; a lane that none of these holds back and that has a waiting call does not rest, and one that
/// only time holds back says when it has to be looked at again; a repeated Enqueue of a known (call,
/// epoch) and a Free of something that is not released change nothing.
final class LaneDecider {

  private LaneDecider() {}

  /// A released call and its number among all releases of the lane.
  record Release(long number, LaneCommand.Enqueue call) {}

  /// The lane after a command, and what it releases.
  ///
  /// @param wakeAt when a call can be released at the earliest that only time holds back, null for none
  record Step(Lane lane, List<Release> releases, @Nullable Instant wakeAt) {}

  static Step decide(
    Lane lane,
    LaneLimits limits,
    LaneEntries entries,
    LaneCommand command,
    Instant now
  ) {
    Lane changed = switch (command) {
      case LaneCommand.Enqueue call -> enqueue(lane, entries, call, now);
      case LaneCommand.Free free -> free(lane, limits, entries, free);
      case LaneCommand.DropRun drop -> drop(lane, entries, drop);
      case LaneCommand.CountRequest request -> lane.paced(
        lane.pace().requested(limits, request.at(), now)
      );
      case LaneCommand.Block block -> lane.paced(lane.pace().blocked(limits, block.until(), now));
    };
    return fill(changed, limits, entries, now);
  }

  /// Gives all free slots away, as far as the pace of the lane allows.
  static Step fill(Lane lane, LaneLimits limits, LaneEntries entries, Instant now) {
    List<Release> releases = new ArrayList<>();
    Lane filled = admitted(lane, entries, now);
    Instant wakeAt = null;
    Optional<LaneRun> next = filled.next();
    while (wakeAt == null && filled.hasRoom(limits) && next.isPresent()) {
      wakeAt = filled.pace().opensAt(limits, now);
      if (wakeAt == null) {
        LaneRun run = next.get();
        releases.add(new Release(filled.sent(), release(run, entries)));
        filled = filled.released(run);
        filled = filled.paced(filled.pace().requested(limits, now, now));
        next = filled.next();
      }
    }
    return new Step(filled, releases, earlier(wakeAt, firstTime(filled)));
  }

  /// Calls whose time has come wait for their turn like others.
  private static Lane admitted(Lane lane, LaneEntries entries, Instant now) {
    Lane admitted = lane;
    for (LaneCommand.Enqueue call : lane.waitingForTheirTime()) {
      if (!call.isEarly(now)) {
        admitted = admitted.delaying(without(admitted, other -> other.equals(call)));
        admitted = queued(admitted, entries, call);
      }
    }
    return admitted;
  }

  private static List<LaneCommand.Enqueue> without(
    Lane lane,
    Predicate<LaneCommand.Enqueue> leaving
  ) {
    return lane.waitingForTheirTime().stream().filter(leaving.negate()).toList();
  }

  private static @Nullable Instant firstTime(Lane lane) {
    return lane
      .waitingForTheirTime()
      .stream()
      .map(LaneCommand.Enqueue::notBefore)
      .filter(Objects::nonNull)
      .min(Instant::compareTo)
      .orElse(null);
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  private static LaneCommand.Enqueue release(LaneRun run, LaneEntries entries) {
    LaneCommand.Enqueue call = entries.take(run.runId(), run.head());
    entries.mark(call.callId(), call.epoch(), Standing.RELEASED);
    return call;
  }

  private static Lane enqueue(
    Lane lane,
    LaneEntries entries,
    LaneCommand.Enqueue call,
    Instant now
  ) {
    if (entries.standing(call.callId(), call.epoch()) != Standing.UNKNOWN) {
      return lane;
    }
    entries.mark(call.callId(), call.epoch(), Standing.WAITING);
    if (!call.isEarly(now)) {
      return queued(lane, entries, call);
    }
    List<LaneCommand.Enqueue> delayed = new ArrayList<>(lane.waitingForTheirTime());
    delayed.add(call);
    return lane.delaying(delayed);
  }

  private static Lane queued(Lane lane, LaneEntries entries, LaneCommand.Enqueue call) {
    long number = lane.find(call.runId()).map(LaneRun::tail).orElse(0L);
    entries.add(call.runId(), number, call);
    return lane.enqueued(call);
  }

  private static Lane free(
    Lane lane,
    LaneLimits limits,
    LaneEntries entries,
    LaneCommand.Free free
  ) {
    if (entries.standing(free.callId(), free.epoch()) != Standing.RELEASED) {
      return lane;
    }
    entries.mark(free.callId(), free.epoch(), Standing.UNKNOWN);
    Lane freed = lane.freed(free.runId());
    boolean succeeded = Boolean.TRUE.equals(free.succeeded());
    return succeeded ? freed.paced(freed.pace().succeeded(limits)) : freed;
  }

  private static Lane drop(Lane before, LaneEntries entries, LaneCommand.DropRun drop) {
    for (LaneCommand.Enqueue call : before.waitingForTheirTime()) {
      if (call.runId().equals(drop.runId())) {
        entries.mark(call.callId(), call.epoch(), Standing.UNKNOWN);
      }
    }
    Lane lane = before.delaying(without(before, call -> call.runId().equals(drop.runId())));
    Optional<LaneRun> run = lane.find(drop.runId());
    if (run.isEmpty()) {
      return lane;
    }
    for (long number = run.get().head(); number < run.get().tail(); number++) {
      LaneCommand.Enqueue call = entries.take(drop.runId(), number);
      entries.mark(call.callId(), call.epoch(), Standing.UNKNOWN);
    }
    return lane.dropped(drop.runId());
  }
}
