package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Limits;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.RunSpec.Order;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.Random;

/// One run with its lanes, its workers and people who ask things of it, in an order and at times that a
/// seed chooses. The laws that must hold at every moment are checked after every step.
final class RandomSchedule {

  private static final String[] MODELS = { "openai:gpt-5-mini", "openai-compatible:llama" };
  private static final int MAX_STEPS = 400_000;

  final RunBench bench;
  final RandomLanes lanes;

  private final Random random;
  private final RandomWorkers workers;
  private final RandomPeople people;
  private int carriedOut;

  private RandomSchedule(
    Random random,
    RunBench bench,
    LaneLimits limits,
    int openings,
    boolean reliable
  ) {
    this.random = random;
    this.bench = bench;
    this.lanes = new RandomLanes(bench, limits);
    this.workers = new RandomWorkers(random, bench, lanes, reliable);
    this.people = new RandomPeople(random, bench, openings);
  }

  /// A run that only writes.
  static RandomSchedule writing(long seed) {
    Random random = new Random(seed);
    Limits limits = limits(random);
    LaneLimits laneLimits = laneLimits(random, seed);
    BreakerRules rules = rules(random);
    int openings = random.nextInt(4);
    RunSpec spec = Specs.run(1 + random.nextInt(8), 1 + random.nextInt(3), limits, MODELS);
    RunBench bench = new RunBench(Facts.runId(1), spec).ruled(rules);
    return new RandomSchedule(random, bench, laneLimits, openings, false);
  }

  /// A run that also judges, and mostly compares and combines.
  static RandomSchedule judging(long seed) {
    Random random = new Random(seed);
    int topN = random.nextInt(4) == 0 ? 0 : 2 + random.nextInt(2);
    RunSpec spec = EvaluatedSpecs.of(
      1 + random.nextInt(2),
      1,
      1 + random.nextInt(2),
      1 + random.nextInt(4) / 3,
      topN,
      random.nextBoolean() ? Order.BOTH : Order.BALANCED,
      topN == 0 ? 0 : random.nextInt(3),
      random.nextBoolean()
    ).withLimits(limits(random));
    RunBench bench = new RunBench(Facts.runId(1), spec).priced(
      EvaluatedSpecs.catalogue(),
      rules(random)
    );
    int openings = random.nextInt(6);
    return new RandomSchedule(random, bench, laneLimits(random, seed), openings, seed % 3 == 0);
  }

  private static LaneLimits laneLimits(Random random, long seed) {
    return new LaneLimits(
      1 + random.nextInt(6),
      random.nextBoolean() ? 1 + random.nextInt(60) : null,
      seed % 3 == 0 ? 500 + (int) ((seed * 37) % 20_000) : null,
      random.nextBoolean()
    );
  }

  private static BreakerRules rules(Random random) {
    return new BreakerRules(
      1 + random.nextInt(12),
      Duration.ofSeconds(random.nextInt(31)),
      1 + random.nextInt(3)
    );
  }

  private static Limits limits(Random random) {
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
    if (!quiet || !people.askAgain()) {
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
      case 0 -> people.cancel();
      case 1 -> people.requestOnceMore();
      case 2, 3 -> {
        if (workers.alive()) {
          workers.die(random.nextBoolean());
        }
      }
      case 4, 5, 6, 7, 8, 9, 10, 11 -> workers.comeBack();
      case 12, 13 -> people.pause();
      case 14, 15, 16, 17, 18, 19 -> people.resume();
      case 20, 21, 22, 23 -> people.cancelCall();
      case 24 -> retry();
      case 25, 26, 27 -> people.repeat();
      default -> {
      }
    }
  }

  private void retry() {
    workers.hear();
    people.retry();
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
