package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ControlCommand;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Workers that succeed, fail, retry, hang, leave, die and come back as chance will have it.
final class RandomWorkers {

  final List<Held> held = new ArrayList<>();
  int sent;

  private final Random random;
  private final RunBench bench;
  private final RandomLanes lanes;
  private final boolean reliable;
  private final Set<String> started = new HashSet<>();
  private final List<ControlCommand> unheard = new ArrayList<>();
  private final Map<CallId, Integer> cancelled = new HashMap<>();
  private Instant deadSince = Instant.MAX;

  /// A call in the hands of a worker.
  static final class Held {

    final LaneCommand.Enqueue call;
    int attempt = 1;

    Held(LaneCommand.Enqueue call) {
      this.call = call;
    }
  }

  /// @param reliable whether all that they are left in peace with succeeds, and judges agree
  RandomWorkers(Random random, RunBench bench, RandomLanes lanes, boolean reliable) {
    this.random = random;
    this.reliable = reliable;
    this.bench = bench;
    this.lanes = lanes;
  }

  boolean alive() {
    return deadSince.equals(Instant.MAX);
  }

  Instant seenAt() {
    return alive() ? bench.now : deadSince;
  }

  /// What is broadcast is heard some time later, but before much time has passed, and before the run is
  /// opened again.
  void tell(ControlCommand command) {
    unheard.add(command);
    if (random.nextBoolean()) {
      hear();
    }
  }

  void hear() {
    for (ControlCommand command : unheard) {
      switch (command) {
        case ControlCommand.CancelRun _ -> cancelled.putAll(lanes.released);
        case ControlCommand.CancelCall cancel -> cancelled.put(cancel.callId(), cancel.epoch());
      }
    }
    unheard.clear();
  }

  void takeWork() {
    RandomLanes.Sent next = alive() ? lanes.work.poll() : null;
    if (next == null) {
      return;
    }
    LaneCommand.Enqueue call = next.call();
    if (isCancelled(call) || bench.now.isAfter(next.startBy())) {
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

  private boolean isCancelled(LaneCommand.Enqueue call) {
    return cancelled.getOrDefault(call.callId(), 0) >= call.epoch();
  }

  void carryOn() {
    if (held.isEmpty() || !alive()) {
      return;
    }
    Held one = held.get(random.nextInt(held.size()));
    boolean retries = random.nextInt(3) == 0 && one.attempt < one.call.limits().maxAttempts();
    if (retries && !isCancelled(one.call)) {
      retry(one);
    } else if (random.nextInt(8) > 0) {
      held.remove(one);
      end(one);
    }
  }

  private void retry(Held one) {
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
  }

  private void end(Held one) {
    if (reliable && !isCancelled(one.call)) {
      succeed(one);
      return;
    }
    switch (random.nextInt(9)) {
      case 0, 1 -> bench.append(CallFacts.failed(one.call, spend(one)));
      case 2, 3 -> bench.append(CallFacts.cancelled(one.call, spend(one)));
      case 4 -> bench.append(CallFacts.handedBack(one.call, spend(one)));
      default -> succeed(one);
    }
  }

  /// What is written again is written anew, and judges change their minds.
  private void succeed(Held one) {
    LaneCommand.Enqueue call = one.call;
    CallResult result = Answers.to(
      call,
      "epoch " + call.epoch() + " of " + call.callId(),
      document -> reliable ? document.hashCode() & 3 : random.nextInt(4)
    );
    bench.append(CallFacts.succeeded(call.callId(), call.epoch(), result, spend(one)));
  }

  private static Spend spend(Held one) {
    return CallFacts.spend(one.attempt, "0.00000" + one.attempt);
  }

  /// @param loses whether what was in flight never ends
  void die(boolean loses) {
    deadSince = bench.now;
    if (loses) {
      held.clear();
    }
  }

  void comeBack() {
    deadSince = Instant.MAX;
  }
}
