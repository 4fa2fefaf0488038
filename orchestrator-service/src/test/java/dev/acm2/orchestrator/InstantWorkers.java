package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Evidence;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// Workers that answer the released calls of one run at once, with what its models would say.
final class InstantWorkers {

  static final Spend SPEND = new Spend(1, new Usage(10, 10, 0, 0), Usd.of("0.001"));

  private int answered;

  RunBench requested(RunSpec spec) {
    RunBench bench = bench(spec);
    bench.append(bench.request());
    return bench.readAll();
  }

  /// A run that nobody has requested yet, whose limits are no hindrance.
  RunBench bench(RunSpec spec) {
    answered = 0;
    Limits limits = spec.limits();
    Limits wide = new Limits(
      limits.callDeadline(),
      limits.attemptTimeout(),
      1,
      limits.queueTtl(),
      limits.runDeadline(),
      1_000_000,
      Usd.of("100000"),
      1000,
      limits.onWorkerLost(),
      limits.priority(),
      limits.weight()
    );
    return new RunBench(Facts.runId(1), spec.withLimits(wide)).priced(EvaluatedSpecs.catalogue());
  }

  void play(RunBench bench, Predicate<LaneCommand.Enqueue> fails) {
    while (answered < bench.told(LaneCommand.Enqueue.class).size()) {
      answerOne(bench, fails);
    }
  }

  void answerOne(RunBench bench, Predicate<LaneCommand.Enqueue> fails) {
    LaneCommand.Enqueue call = bench.released(answered);
    answered++;
    boolean ended = !bench.calls.containsKey(call.callId());
    if (ended || bench.progress().stop() != null) {
      return;
    }
    bench.given(
      CallFacts.dispatched(call, bench.now),
      CallFacts.started(call, bench.now),
      fails.test(call) ? failed(call) : succeeded(bench, call)
    );
  }

  private static RunEvent failed(LaneCommand.Enqueue call) {
    return new RunEvent.CallFailed(
      call.callId(),
      call.epoch(),
      1,
      FailureKind.CONTENT_REFUSED,
      null,
      "refused " + call.callId(),
      SPEND,
      List.of(),
      null
    );
  }

  private static RunEvent succeeded(RunBench bench, LaneCommand.Enqueue call) {
    return new CallSucceeded(
      call.callId(),
      call.epoch(),
      1,
      Answers.to(call, "by " + call.model() + call.callId(), document -> quality(bench, document)),
      SPEND,
      Evidence.NONE,
      new Timings(Duration.ofMillis(1), Duration.ofMillis(2)),
      List.of()
    );
  }

  /// The later an author stands in the specification, the better it writes.
  private static int quality(RunBench bench, String document) {
    int index = bench.plan.indexOf(CallId.parse(document)).orElseThrow();
    return index < bench.plan.size() ? index % 3 : 3;
  }
}
