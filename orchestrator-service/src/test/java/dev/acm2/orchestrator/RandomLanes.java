package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.LaneLimits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The lanes of one run: what they were told waits until their turn comes, so that the run goes on in the
/// meantime.
final class RandomLanes {

  /// A call on its way to a worker.
  record Sent(LaneCommand.Enqueue call, Instant startBy) {}

  final Map<String, Lane> lanes = new HashMap<>();
  final Map<String, MapEntries> entries = new HashMap<>();
  final Deque<Sent> work = new ArrayDeque<>();
  final LaneLimits limits;

  /// The latest epoch of each call that any lane was told to release.
  final Map<CallId, Integer> released = new HashMap<>();

  private final RunBench bench;
  private final Deque<Decision.Instruct> commands = new ArrayDeque<>();
  private final Map<String, Instant> wakes = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final Set<String> toldToHold = new HashSet<>();

  RandomLanes(RunBench bench, LaneLimits limits) {
    this.bench = bench;
    this.limits = limits;
  }

  boolean quiet() {
    return commands.isEmpty() && work.isEmpty();
  }

  /// A paused run sends a call only behind the word that its lane has to hold it.
  void tell(Decision.Instruct instruct) {
    note(toldToHold, instruct);
    if (instruct.command() instanceof LaneCommand.Enqueue && !toldToHold.isEmpty()) {
      assertThat(toldToHold).as("lanes that hold the run").contains(instruct.lane());
    }
    if (instruct.command() instanceof LaneCommand.Enqueue call) {
      released.put(call.callId(), call.epoch());
    }
    commands.add(instruct);
  }

  private static void note(Set<String> holding, Decision.Instruct instruct) {
    switch (instruct.command()) {
      case LaneCommand.HoldRun _ -> holding.add(instruct.lane());
      case LaneCommand.GoOnRun _, LaneCommand.DropRun _ -> holding.remove(instruct.lane());
      case
        LaneCommand.Enqueue _,
        LaneCommand.Free _,
        LaneCommand.DropCall _,
        LaneCommand.CountRequest _,
        LaneCommand.Block _,
        LaneCommand.SetLimits _,
        LaneCommand.ResetLimits _ -> {
      }
    }
  }

  void hearOne() {
    Decision.Instruct next = commands.poll();
    if (next == null) {
      return;
    }
    note(held, next);
    MapEntries known = entries.computeIfAbsent(next.lane(), _ -> new MapEntries());
    if (next.command() instanceof LaneCommand.DropCall drop && LaneDecider.ends(known, drop)) {
      bench.append(drop.end());
    }
    Lane lane = lanes.getOrDefault(next.lane(), Lane.EMPTY);
    take(next.lane(), LaneDecider.decide(lane, limits, known, next.command(), bench.now));
  }

  void wake() {
    for (String lane : List.copyOf(lanes.keySet())) {
      Instant at = wakes.get(lane);
      if (at != null && !at.isAfter(bench.now)) {
        MapEntries known = entries.computeIfAbsent(lane, _ -> new MapEntries());
        Lane before = lanes.getOrDefault(lane, Lane.EMPTY);
        take(lane, LaneDecider.fill(before, limits, known, bench.now));
      }
    }
  }

  private void take(String name, LaneDecider.Step step) {
    lanes.put(name, step.lane());
    wakes.put(name, step.wakeAt());
    for (LaneDecider.Release release : step.releases()) {
      assertThat(held).as("lanes that hold the run").doesNotContain(name);
      work.add(new Sent(release.call(), release.call().releasedAt(bench.now).startBy()));
      bench.append(CallFacts.dispatched(release.call(), bench.now));
    }
  }
}
