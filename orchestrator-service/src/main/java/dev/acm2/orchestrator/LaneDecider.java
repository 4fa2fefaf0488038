package dev.acm2.orchestrator;

import dev.acm2.orchestrator.Lane.LaneRun;
import dev.acm2.orchestrator.LaneEntries.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which calls a lane releases.
///
/// Laws: never more than `limit` calls are released and not freed, all runs and workers together; a lane
/// with a free slot and a waiting call does not rest; a repeated Enqueue of a known (call, epoch) and a
/// Free of something that is not released change nothing.
final class LaneDecider {

  private LaneDecider() {}

  /// A released call and its number among all releases of the lane.
  record Release(long number, LaneCommand.Enqueue call) {}

  /// The lane after a command, and what it releases.
  record Step(Lane lane, List<Release> releases) {}

  static Step decide(Lane lane, int limit, LaneEntries entries, LaneCommand command) {
    Lane changed = switch (command) {
      case LaneCommand.Enqueue call -> enqueue(lane, entries, call);
      case LaneCommand.Free free -> free(lane, entries, free);
      case LaneCommand.DropRun drop -> drop(lane, entries, drop);
    };
    return fill(changed, limit, entries);
  }

  /// Gives all free slots away.
  static Step fill(Lane lane, int limit, LaneEntries entries) {
    List<Release> releases = new ArrayList<>();
    Lane filled = lane;
    Optional<LaneRun> next = filled.next();
    while (filled.inFlight() < limit && next.isPresent()) {
      LaneRun run = next.get();
      LaneCommand.Enqueue call = entries.take(run.runId(), run.head());
      entries.mark(call.callId(), call.epoch(), Standing.RELEASED);
      releases.add(new Release(filled.sent(), call));
      filled = filled.released(run);
      next = filled.next();
    }
    return new Step(filled, releases);
  }

  private static Lane enqueue(Lane lane, LaneEntries entries, LaneCommand.Enqueue call) {
    if (entries.standing(call.callId(), call.epoch()) != Standing.UNKNOWN) {
      return lane;
    }
    long number = lane.find(call.runId()).map(LaneRun::tail).orElse(0L);
    entries.add(call.runId(), number, call);
    entries.mark(call.callId(), call.epoch(), Standing.WAITING);
    return lane.enqueued(call);
  }

  private static Lane free(Lane lane, LaneEntries entries, LaneCommand.Free free) {
    if (entries.standing(free.callId(), free.epoch()) != Standing.RELEASED) {
      return lane;
    }
    entries.mark(free.callId(), free.epoch(), Standing.UNKNOWN);
    return lane.freed(free.runId());
  }

  private static Lane drop(Lane lane, LaneEntries entries, LaneCommand.DropRun drop) {
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
