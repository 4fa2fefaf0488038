package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// One run with its lanes and with workers that succeed, fail, retry, hang, die and come back, in an
/// order and at times that a seed chooses. The laws that must hold at every moment are checked after
/// every step.
final class RandomSchedule {

  private static final String[] MODELS = { "openai:gpt-5-mini", "openai-compatible:llama" };
  private static final int MAX_STEPS = 200_000;

  final RunBench bench;
  final Map<String, Lane> lanes = new HashMap<>();
  final Map<String, MapEntries> entries = new HashMap<>();
  long sent;

  private final Random random;
  private final Limits limits;
  private final BreakerRules rules;
  private final LaneLimits laneLimits;
  private final Map<String, Instant> wakes = new HashMap<>();
  private final Deque<Decision.Instruct> commands = new ArrayDeque<>();
  private final Deque<Sent> work = new ArrayDeque<>();
  private final List<Held> held = new ArrayList<>();
  private final Set<String> started = new HashSet<>();
  private Instant deadSince = Instant.MAX;
  private boolean cancelHeard;
  private int carriedOut;

  /// A call on its way to a worker.
  private record Sent(LaneCommand.Enqueue call, Instant startBy) {}

  /// A call in the hands of a worker.
  private static final class Held {

    final LaneCommand.Enqueue call;
    int attempt = 1;

    Held(LaneCommand.Enqueue call) {
      this.call = call;
    }
  }

  RandomSchedule(long seed) {
    random = new Random(seed);
    limits = limits();
    laneLimits = new LaneLimits(
      1 + random.nextInt(6),
      random.nextBoolean() ? 1 + random.nextInt(60) : null,
      random.nextBoolean()
    );
    rules = new BreakerRules(
      1 + random.nextInt(12),
      Duration.ofSeconds(random.nextInt(31)),
      1 + random.nextInt(3)
    );
    RunSpec spec = Specs.run(1 + random.nextInt(8), 1 + random.nextInt(3), limits, MODELS);
    bench = new RunBench(Facts.runId(1), spec).ruled(rules);
  }

  private Limits limits() {
    Limits base = Specs.limits();
    int paid = random.nextBoolean() ? 100_000 : 1 + random.nextInt(40);
    Usd cost = random.nextBoolean() ? Usd.of("1000") : Usd.of("0.0" + random.nextInt(1000));
    return new Limits(
      base.callDeadline(),
      base.attemptTimeout(),
      1 + random.nextInt(4),
      Duration.ofMinutes(2),
      random.nextInt(3) == 0 ? Duration.ofMinutes(3) : base.runDeadline(),
      paid,
      cost,
      1 + random.nextInt(9),
      random.nextBoolean() ? Limits.OnWorkerLost.RETRY_ONCE : Limits.OnWorkerLost.FAIL,
      base.priority(),
      base.weight()
    );
  }

  /// Runs until the run has finished and nothing moves any more.
  void play() {
    bench.append(bench.request());
    bench.readOne();
    carryOut();
    int steps = 0;
    while (!quiet()) {
      steps++;
      assertThat(steps).as("steps until the end").isLessThan(MAX_STEPS);
      step();
      carryOut();
      check();
    }
  }

  private boolean quiet() {
    return (
      bench.outcome() != null &&
      commands.isEmpty() &&
      work.isEmpty() &&
      held.isEmpty() &&
      !bench.readOne()
    );
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> bench.readOne();
      case 3, 4 -> tellLane();
      case 5 -> takeWork();
      case 6, 7 -> carryOn();
      case 8 -> passTime();
      default -> disturb();
    }
  }

  private void carryOut() {
    for (; carriedOut < bench.decisions.size(); carriedOut++) {
      switch (bench.decisions.get(carriedOut)) {
        case Decision.Instruct instruct -> commands.add(instruct);
        case Decision.Append _, Decision.Broadcast(ControlCommand.CancelCall _) -> {
        }
        case Decision.Broadcast(ControlCommand.CancelRun _) -> cancelHeard = random.nextBoolean();
      }
    }
  }

  private void tellLane() {
    Decision.Instruct next = commands.poll();
    if (next == null) {
      return;
    }
    LaneDecider.Step step = LaneDecider.decide(
      lanes.getOrDefault(next.lane(), Lane.EMPTY),
      laneLimits,
      entries.computeIfAbsent(next.lane(), _ -> new MapEntries()),
      next.command(),
      bench.now
    );
    take(next.lane(), step);
  }

  private void wakeLanes() {
    for (String lane : List.copyOf(lanes.keySet())) {
      Instant at = wakes.get(lane);
      if (at != null && !at.isAfter(bench.now)) {
        take(
          lane,
          LaneDecider.fill(
            lanes.getOrDefault(lane, Lane.EMPTY),
            laneLimits,
            entries.computeIfAbsent(lane, _ -> new MapEntries()),
            bench.now
          )
        );
      }
    }
  }

  private void take(String lane, LaneDecider.Step step) {
    lanes.put(lane, step.lane());
    wakes.put(lane, step.wakeAt());
    for (LaneDecider.Release release : step.releases()) {
      work.add(new Sent(release.call(), release.call().releasedAt(bench.now).startBy()));
      bench.append(CallFacts.dispatched(release.call(), bench.now));
    }
  }

  private void takeWork() {
    Sent next = alive() ? work.poll() : null;
    if (next == null) {
      return;
    }
    LaneCommand.Enqueue call = next.call();
    if (cancelHeard || bench.now.isAfter(next.startBy())) {
      bench.append(CallFacts.refused(call));
      return;
    }
    CallStarted start = CallFacts.started(call, bench.now);
    assertThat(started.add(call.callId() + "/" + call.epoch()))
      .as("one start an epoch")
      .isTrue();
    bench.append(start);
    sent++;
    held.add(new Held(call));
  }

  private void carryOn() {
    if (held.isEmpty() || !alive()) {
      return;
    }
    Held one = held.get(random.nextInt(held.size()));
    boolean retries = random.nextInt(3) == 0 && one.attempt < one.call.limits().maxAttempts();
    if (retries && !cancelHeard) {
      one.attempt++;
      sent++;
      bench.append(
        new CallRetried(
          one.call.callId(),
          one.call.epoch(),
          one.attempt,
          random.nextInt(4) == 0 ? FailureKind.RATE_LIMITED : FailureKind.NETWORK,
          null,
          "cut",
          Duration.ofMillis(random.nextInt(3000)),
          Duration.ofSeconds(9),
          spend(one),
          List.of()
        )
      );
    } else if (random.nextInt(8) > 0) {
      held.remove(one);
      end(one);
    }
  }

  private void end(Held one) {
    switch (random.nextInt(4)) {
      case 0 -> bench.append(CallFacts.failed(one.call, spend(one)));
      case 1 -> bench.append(CallFacts.cancelled(one.call, spend(one)));
      default -> bench.append(CallFacts.succeeded(one.call, spend(one)));
    }
  }

  private static Spend spend(Held one) {
    return CallFacts.spend(one.attempt, "0.00000" + one.attempt);
  }

  private void passTime() {
    bench.now = bench.now.plusMillis(random.nextInt(4000));
    bench.sweep(alive() ? bench.now : deadSince);
    wakeLanes();
  }

  private void disturb() {
    int chance = random.nextInt(60);
    if (chance == 0) {
      bench.append(new RunCancelRequested("enough"));
    } else if (chance == 1) {
      bench.append(new RunRequested(bench.plan.spec(), bench.plan.planned(), bench.now));
    } else if (chance < 4 && alive()) {
      deadSince = bench.now;
      if (random.nextBoolean()) {
        held.clear();
      }
    } else if (chance < 12) {
      deadSince = Instant.MAX;
    }
  }

  private boolean alive() {
    return deadSince.equals(Instant.MAX);
  }

  private void check() {
    if (bench.log.size() < 2) {
      return;
    }
    RunProgress run = bench.progress();
    Charge committed = run.used().plus(run.reserved());
    assertThat(run.active()).isLessThanOrEqualTo(limits.concurrency());
    assertThat(committed.attempts()).isLessThanOrEqualTo(limits.maxPaidCalls());
    assertThat(committed.costUsd()).isLessThanOrEqualTo(limits.maxCostUsd());
    assertThat(sent).isLessThanOrEqualTo(limits.maxPaidCalls());
    for (Lane lane : lanes.values()) {
      assertThat(lane.inFlight()).isBetween(0, laneLimits.concurrency());
    }
  }
}
