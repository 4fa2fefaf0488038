package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Limits;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.Usd;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// People who pause, resume, cancel and retry as chance will have it, and writers that write twice.
final class RandomPeople {

  private final Random random;
  private final RunBench bench;
  private RaisedLimits asked = RaisedLimits.NONE;
  private int openings;

  /// @param openings how often they ask for calls again
  RandomPeople(Random random, RunBench bench, int openings) {
    this.random = random;
    this.bench = bench;
    this.openings = openings;
  }

  boolean askAgain() {
    return openings > 0;
  }

  void cancel() {
    bench.append(new RunCancelRequested("enough"));
  }

  void requestOnceMore() {
    bench.append(new RunRequested(bench.plan.spec(), bench.plan.planned(), bench.now));
  }

  void pause() {
    bench.append(new RunPauseRequested("lunch"));
  }

  void resume() {
    bench.append(new RunResumeRequested("back"));
  }

  void cancelCall() {
    bench.append(new CallCancelRequested(anyCall(), "not this one"));
  }

  private CallId anyCall() {
    return bench.plan.call(random.nextInt(bench.plan.total())).callId();
  }

  /// Nothing happens when they have asked often enough.
  void retry() {
    if (openings == 0) {
      return;
    }
    openings--;
    raise();
    boolean named = random.nextInt(3) == 0;
    Phase from = named ? null : anyPhase();
    bench.append(
      new RunRetryRequested(
        named ? someCalls() : null,
        asked.maxPaidCalls(),
        asked.maxCostUsd(),
        bench.now.plusSeconds(60 + random.nextInt(3600)),
        "again",
        from
      )
    );
  }

  private List<CallId> someCalls() {
    return Stream.generate(this::anyCall)
      .limit(1 + random.nextInt(9))
      .toList();
  }

  /// Null for no phase; in a run that judges, also one that it does not have.
  private @Nullable Phase anyPhase() {
    if (bench.plan.evaluating() == null || random.nextInt(3) == 0) {
      return null;
    }
    return Phase.values()[random.nextInt(Phase.values().length)];
  }

  /// They never ask for less than what they asked for before.
  private void raise() {
    Limits limits = asked.over(bench.plan.spec().limits());
    if (random.nextBoolean()) {
      int more = limits.maxPaidCalls() + random.nextInt(20);
      asked = new RaisedLimits(more, asked.maxCostUsd());
    }
    if (random.nextBoolean()) {
      asked = new RaisedLimits(asked.maxPaidCalls(), limits.maxCostUsd().plus(Usd.of("0.05")));
    }
  }

  /// An event that was written twice.
  void repeat() {
    RunEvent event = bench.log.get(random.nextInt(bench.log.size())).event();
    boolean asksAgain = event instanceof CallCancelRequested;
    if (event instanceof CallEvent && !asksAgain) {
      bench.append(event);
    }
  }
}
