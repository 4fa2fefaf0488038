package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallCancelRequested;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunEvent.RunPauseRequested;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunEvent.RunResumeRequested;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One run with its lanes, its workers and people who pause, resume, cancel and retry, in an order and at
/// times that a seed chooses. The laws that must hold at every moment are checked after every step.
final class RandomSchedule {

  private static final String[] MODELS = { "openai:gpt-5-mini", "openai-compatible:llama" };
  private static final int MAX_STEPS = 400_000;

  final RunBench bench;
  final RandomLanes lanes;

  private final Random random;
  private final RandomWorkers workers;
  private RaisedLimits asked = RaisedLimits.NONE;
  private int openings;
  private int carriedOut;

  RandomSchedule(long seed) {
    random = new Random(seed);
    Limits limits = limits();
    LaneLimits laneLimits = new LaneLimits(
      1 + random.nextInt(6),
      random.nextBoolean() ? 1 + random.nextInt(60) : null,
      seed % 3 == 0 ? 500 + (int) ((seed * 37) % 20_000) : null,
      random.nextBoolean()
    );
    BreakerRules rules = new BreakerRules(
      1 + random.nextInt(12),
      Duration.ofSeconds(random.nextInt(31)),
      1 + random.nextInt(3)
    );
    openings = random.nextInt(4);
    RunSpec spec = Specs.run(1 + random.nextInt(8), 1 + random.nextInt(3), limits, MODELS);
    bench = new RunBench(Facts.runId(1), spec).ruled(rules);
    lanes = new RandomLanes(bench, laneLimits);
    workers = new RandomWorkers(random, bench, lanes);
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

  /// Runs until the run has finished, is not opened again, and nothing moves any more.
  void play() {
    bench.append(bench.request());
    bench.readOne();
    carryOut();
    int steps = 0;
    while (!isOver()) {
      steps++;
      assertThat(steps).as("steps until the end").isLessThan(MAX_STEPS);
      step();
      carryOut();
      check();
    }
  }

  private boolean isOver() {
    boolean quiet =
      bench.outcome() != null && lanes.quiet() && workers.held.isEmpty() && !bench.readOne();
    if (!quiet || openings == 0) {
      return quiet;
    }
    retry();
    return false;
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> bench.readOne();
      case 3, 4 -> lanes.hearOne();
      case 5 -> workers.takeWork();
      case 6, 7 -> workers.carryOn();
      case 8 -> passTime();
      default -> disturb();
    }
  }

  private void carryOut() {
    for (; carriedOut < bench.decisions.size(); carriedOut++) {
      switch (bench.decisions.get(carriedOut)) {
        case Decision.Instruct instruct -> lanes.tell(instruct);
        case Decision.Append _ -> {
        }
        case Decision.Broadcast(var command) -> workers.tell(command);
      }
    }
  }

  private void passTime() {
    bench.now = bench.now.plusMillis(random.nextInt(4000));
    workers.hear();
    bench.sweep(workers.seenAt());
    lanes.wake();
  }

  private void disturb() {
    switch (random.nextInt(60)) {
      case 0 -> bench.append(new RunCancelRequested("enough"));
      case 1 -> bench.append(new RunRequested(bench.plan.spec(), bench.plan.planned(), bench.now));
      case 2, 3 -> {
        if (workers.alive()) {
          workers.die(random.nextBoolean());
        }
      }
      case 4, 5, 6, 7, 8, 9, 10, 11 -> workers.comeBack();
      case 12, 13 -> bench.append(new RunPauseRequested("lunch"));
      case 14, 15, 16, 17, 18, 19 -> bench.append(new RunResumeRequested("back"));
      case 20, 21, 22, 23 -> bench.append(new CallCancelRequested(anyCall(), "not this one"));
      case 24 -> retry();
      case 25, 26, 27 -> repeat();
      default -> {
      }
    }
  }

  private CallId anyCall() {
    return bench.plan.call(random.nextInt(bench.plan.size())).callId();
  }

  private void retry() {
    if (openings == 0) {
      return;
    }
    openings--;
    workers.hear();
    raise();
    @Nullable
    List<CallId> some =
      random.nextInt(3) == 0
        ? Stream.generate(this::anyCall)
            .limit(1 + random.nextInt(9))
            .toList()
        : null;
    bench.append(
      new RunRetryRequested(
        some,
        asked.maxPaidCalls(),
        asked.maxCostUsd(),
        bench.now.plusSeconds(60 + random.nextInt(3600)),
        "again"
      )
    );
  }

  /// People never ask for less than what they asked for before.
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
  private void repeat() {
    RunEvent event = bench.log.get(random.nextInt(bench.log.size())).event();
    boolean asksAgain = event instanceof CallCancelRequested;
    if (event instanceof CallEvent && !asksAgain) {
      bench.append(event);
    }
  }

  private void check() {
    if (bench.log.size() < 2) {
      return;
    }
    RunProgress run = bench.progress();
    Limits limits = bench.limits();
    Charge committed = run.used().plus(run.reserved());
    assertThat(run.active()).isBetween(0, limits.concurrency());
    assertThat(committed.attempts()).isLessThanOrEqualTo(limits.maxPaidCalls());
    assertThat(committed.costUsd()).isLessThanOrEqualTo(limits.maxCostUsd());
    assertThat(workers.sent).isLessThanOrEqualTo(limits.maxPaidCalls());
    for (Lane lane : lanes.lanes.values()) {
      assertThat(lane.inFlight()).isBetween(0, lanes.limits.concurrency());
    }
  }
}
