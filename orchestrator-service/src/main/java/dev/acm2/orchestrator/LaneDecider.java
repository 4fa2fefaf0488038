package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.RunId;
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
/// together; no 60 s hold more releases than the requests per minute; the tokens per minute are kept as
/// [TokenWindow] says; nothing is released during a block; a lane that none of these holds back and that
/// has a waiting call does not rest, and one that only time holds back says when it has to be looked at
/// again; a call that has to wait is not passed by others of its class; a repeated Enqueue of a known
/// (call, epoch), a Free of something that is not released and a DropCall of something that does not wait
/// change nothing; nothing of a held run is released. New limits take effect at once: higher ones
/// release, lower ones let calls under way end.
final class LaneDecider {

  private LaneDecider() {}

  /// A released call and its number among all releases of the lane.
  record Release(long number, LaneCommand.Enqueue call) {}

  /// The lane after a command, and what it releases.
  ///
  /// @param wakeAt when a call can be released at the earliest that only time holds back, null for none
  record Step(Lane lane, List<Release> releases, @Nullable Instant wakeAt) {}

  /// @param configured what limits the lane as long as nothing else was set
  static Step decide(
    Lane lane,
    LaneLimits configured,
    LaneEntries entries,
    LaneCommand command,
    Instant now
  ) {
    LaneLimits limits = lane.limits(configured);
    Lane changed = switch (command) {
      case LaneCommand.Enqueue call -> enqueue(lane, entries, call, now);
      case LaneCommand.Free free -> free(lane, limits, entries, free, now);
      case LaneCommand.DropRun drop -> drop(lane, entries, drop);
      case LaneCommand.DropCall drop -> drop(lane, entries, drop);
      case LaneCommand.HoldRun hold -> lane.held(hold);
      case LaneCommand.GoOnRun goOn -> lane.goesOn(goOn.runId());
      case LaneCommand.CountRequest request -> count(lane, entries, request, now);
      case LaneCommand.Block block -> lane.paced(lane.pace().blocked(limits, block.until(), now));
      case LaneCommand.SetLimits set -> lane.limitedTo(set.limits());
      case LaneCommand.ResetLimits _ -> lane.limitedTo(null);
    };
    return fill(changed, configured, entries, now);
  }

  /// Whether the command takes a call out that waits: its end has to be appended then.
  static boolean ends(LaneEntries entries, LaneCommand.DropCall drop) {
    return entries.standing(drop.end().callId(), drop.end().epoch()) == Standing.WAITING;
  }

  /// Gives all free slots away, as far as the pace of the lane allows.
  static Step fill(Lane lane, LaneLimits configured, LaneEntries entries, Instant now) {
    LaneLimits limits = lane.limits(configured);
    List<Release> releases = new ArrayList<>();
    Lane filled = admitted(lane, entries, now);
    Gate gate = Gate.OPEN;
    Optional<LaneRun> next = filled.next();
    while (gate.open() && filled.hasRoom(limits) && next.isPresent()) {
      LaneRun run = next.get();
      long tokens = entries.peek(run.runId(), run.head()).tokens();
      gate = filled.pace().gate(limits, tokens, now);
      if (gate.open()) {
        releases.add(new Release(filled.sent(), release(run, entries)));
        Throttle used = filled.pace().requested(now, now);
        filled = filled.released(run).paced(used.with(used.tokenWindow().holding(tokens)));
        next = filled.next();
      }
    }
    return new Step(filled, releases, earlier(gate.at(), firstTime(filled)));
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
    entries.hold(call.callId(), call.epoch(), call.tokens());
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
    LaneCommand.Free free,
    Instant now
  ) {
    if (entries.standing(free.callId(), free.epoch()) != Standing.RELEASED) {
      return lane;
    }
    long held = entries.held(free.callId(), free.epoch());
    entries.mark(free.callId(), free.epoch(), Standing.UNKNOWN);
    Throttle pace = lane.pace();
    Throttle settled = pace.with(
      pace.tokenWindow().ended(held, Objects.requireNonNullElse(free.tokens(), held), now)
    );
    boolean succeeded = Boolean.TRUE.equals(free.succeeded());
    return lane.freed(free.runId()).paced(succeeded ? settled.succeeded(limits) : settled);
  }

  /// A retry uses its place among the requests, and holds what it can use beside what was used.
  private static Lane count(
    Lane lane,
    LaneEntries entries,
    LaneCommand.CountRequest request,
    Instant now
  ) {
    Throttle counted = lane.pace().requested(request.at(), now);
    Integer epoch = request.epoch();
    Long tokens = request.tokens();
    if (
      epoch == null ||
      tokens == null ||
      entries.standing(request.callId(), epoch) != Standing.RELEASED
    ) {
      return lane.paced(counted);
    }
    long more = tokens - entries.held(request.callId(), epoch);
    entries.hold(request.callId(), epoch, tokens);
    return lane.paced(counted.with(counted.tokenWindow().holding(more)));
  }

  private static Lane drop(Lane lane, LaneEntries entries, LaneCommand.DropCall drop) {
    if (!ends(entries, drop)) {
      return lane;
    }
    CallId callId = drop.end().callId();
    entries.mark(callId, drop.end().epoch(), Standing.UNKNOWN);
    Lane rest = lane.delaying(without(lane, call -> call.callId().equals(callId)));
    boolean delayed = rest.waitingForTheirTime().size() < lane.waitingForTheirTime().size();
    return delayed ? rest : closeRanks(lane, entries, drop.runId(), callId);
  }

  /// The calls before the one that leaves move up by one, so that their numbers have no gap.
  private static Lane closeRanks(Lane lane, LaneEntries entries, RunId runId, CallId leaving) {
    LaneRun run = lane.find(runId).orElseThrow();
    long number = run.head();
    LaneCommand.Enqueue call = entries.take(runId, number);
    while (!call.callId().equals(leaving)) {
      number++;
      LaneCommand.Enqueue next = entries.take(runId, number);
      entries.add(runId, number, call);
      call = next;
    }
    return lane.shortened(runId);
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
