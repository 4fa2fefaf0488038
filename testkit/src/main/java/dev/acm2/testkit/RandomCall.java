package dev.acm2.testkit;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.CallHandedBack;
import dev.acm2.contract.RunEvent.CallOrphaned;
import dev.acm2.contract.RunEvent.CallOrphaned.Policy;
import dev.acm2.contract.RunEvent.CallProgressed;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.Usd;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// What happens to one call, event by event.
final class RandomCall {

  private static final int[] OVERSHOOTS_MS = { 0, 1, 7, 180, 240, 900, 2500, 20_000 };
  private static final int MAX_BROKEN_EPOCHS = 3;

  private final Random random;
  private final CallFacts facts;
  private final Supplier<CallResult> results;
  private final Deque<RunEvent> events = new ArrayDeque<>();
  /// Ends that come when the call has ended, or the whole run.
  final List<RunEvent> late = new ArrayList<>();

  private int epoch = 1;
  private int attempt;
  private boolean isQueued;
  private boolean isInFlight;
  private boolean hasEnded;
  private boolean hasSucceeded;

  /// @param smooth part of the calls that succeed at once, from 0 to 1
  /// @param results what the call gives when it succeeds
  RandomCall(Random random, CallFacts facts, double smooth, Supplier<CallResult> results) {
    this.random = random;
    this.facts = facts;
    this.results = results;
    events.add(facts.queued(1));
    if (random.nextDouble() < smooth) {
      startIn(1);
      events.add(facts.answered(1, 1, results.get()));
    } else {
      plan(1);
    }
  }

  CallFacts facts() {
    return facts;
  }

  boolean isOver() {
    return events.isEmpty();
  }

  boolean hasSucceeded() {
    return hasSucceeded;
  }

  /// Whether it can be run again.
  boolean hasEndedInVain() {
    return isOver() && hasEnded && !hasSucceeded;
  }

  boolean waitsForRelease() {
    return events.peek() instanceof CallDispatched;
  }

  /// Runs again in the next epoch.
  void reopen() {
    events.add(facts.queued(epoch + 1));
    plan(epoch + 1);
  }

  /// Was to run again, and has nothing to work on.
  void skipAgain() {
    events.add(facts.skipped(epoch + 1, Reason.DEPENDENCY_FAILED, null));
  }

  /// The end of the run is asked for: nothing else happens to the call but its own end.
  void stop() {
    events.clear();
    if (isInFlight) {
      events.add(facts.cancelled(epoch, attempt));
    } else if (isQueued) {
      events.add(facts.skipped(epoch, Reason.RUN_CANCELLED, null));
    }
  }

  RunEvent next() {
    RunEvent event = events.remove();
    if (event instanceof CallEvent happened && happened.epoch() >= epoch) {
      happened(happened);
    }
    return event;
  }

  private void happened(CallEvent event) {
    switch (event) {
      case CallQueued queued -> waits(queued.epoch());
      case CallStarted started -> {
        isQueued = false;
        isInFlight = true;
        attempt = started.attempt();
      }
      case CallRetried retried -> attempt = retried.attempt();
      case CallHandedBack _ -> waits(epoch + 1);
      case CallOrphaned orphaned -> {
        if (orphaned.policy() == Policy.REDISPATCHED) {
          waits(epoch + 1);
        }
      }
      case CallEnded ended -> {
        if (ended.epoch() > epoch) {
          waits(ended.epoch());
        }
        isQueued = false;
        isInFlight = false;
        hasSucceeded = hasSucceeded || (!hasEnded && ended instanceof CallSucceeded);
        hasEnded = true;
      }
      case CallDispatched _, CallProgressed _ -> {
      }
    }
  }

  private void waits(int next) {
    epoch = next;
    attempt = 0;
    isQueued = true;
    isInFlight = false;
    hasEnded = false;
    hasSucceeded = false;
  }

  private void plan(int first) {
    int last = first;
    switch (random.nextInt(16)) {
      case 0 -> events.add(skipped(first));
      case 1 -> {
        events.add(facts.cancelRequested());
        events.add(facts.skipped(first, Reason.CALL_CANCELLED, null));
      }
      default -> {
        while (random.nextInt(6) == 0 && last < first + MAX_BROKEN_EPOCHS) {
          breakOff(last++);
        }
        startIn(last);
        endIn(last, attemptsIn(last));
      }
    }
  }

  private CallSkipped skipped(int in) {
    return random.nextBoolean()
      ? facts.skipped(in, Reason.BUDGET, null)
      : facts.skipped(in, Reason.SETTLED, Usd.of("0.004"));
  }

  /// The worker of an epoch is lost, or gives the call back.
  private void breakOff(int in) {
    startIn(in);
    int attempts = attemptsIn(in);
    if (random.nextBoolean()) {
      events.add(facts.handedBack(in, attempts));
      return;
    }
    events.add(facts.orphaned(in, Policy.REDISPATCHED));
    switch (random.nextInt(3)) {
      case 0 -> events.add(end(in, attempts));
      case 1 -> late.add(end(in, attempts));
      default -> {
      }
    }
  }

  private void startIn(int in) {
    events.add(facts.dispatched(in));
    events.add(facts.started(in));
  }

  /// Adds the retries and returns the number of the last attempt.
  private int attemptsIn(int in) {
    int attempts = 1 + random.nextInt(3);
    progress(in, 1);
    for (int next = 2; next <= attempts; next++) {
      events.add(facts.retried(in, next));
      progress(in, next);
    }
    return attempts;
  }

  private void progress(int in, int of) {
    for (int told = random.nextInt(3); told > 0; told--) {
      events.add(facts.progressed(in, of, random.nextDouble()));
    }
  }

  private void endIn(int in, int attempts) {
    switch (random.nextInt(12)) {
      case 0 -> {
        events.add(facts.cancelRequested());
        events.add(facts.cancelled(in, attempts));
      }
      case 1 -> {
        events.add(facts.orphaned(in, Policy.FAILED));
        events.add(facts.lost(in, attempts));
      }
      default -> events.add(end(in, attempts));
    }
    if (random.nextInt(10) == 0) {
      late.add(end(in, attempts));
    }
  }

  private RunEvent end(int in, int attempts) {
    Duration overshoot = Duration.ofMillis(OVERSHOOTS_MS[random.nextInt(OVERSHOOTS_MS.length)]);
    return switch (random.nextInt(8)) {
      case 0, 1 -> facts.failed(in, attempts);
      case 2 -> facts.timedOut(in, attempts, overshoot);
      case 3 -> facts.sweptUp(in, attempts, overshoot);
      default -> facts.answered(in, attempts, results.get());
    };
  }
}
