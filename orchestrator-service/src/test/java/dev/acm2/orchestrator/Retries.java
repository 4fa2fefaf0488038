package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.failed;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Limits;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What people ask to run again, and what comes of it.
final class Retries {

  private Retries() {}

  static RunRetryRequested retry(RunBench bench, int... calls) {
    @Nullable
    List<CallId> names = Arrays.stream(calls)
      .mapToObj(index -> bench.plan.call(index).callId())
      .toList();
    Limits limits = bench.plan.spec().limits();
    Instant deadline = bench.now.plus(limits.runDeadline());
    return new RunRetryRequested(
      calls.length == 0 ? null : names,
      null,
      null,
      deadline,
      "again",
      null
    );
  }

  static List<CallId> reopened(RunBench bench) {
    return bench
      .logged(CallQueued.class)
      .stream()
      .filter(event -> event.epoch() > 1)
      .map(CallQueued::callId)
      .toList();
  }

  static int place(RunBench bench, LaneCommand.Enqueue call) {
    return bench.plan.indexOf(call.callId()).orElseThrow();
  }

  static void workOff(RunBench bench, int from, Predicate<LaneCommand.Enqueue> succeeds) {
    workOff(bench, from, Integer.MAX_VALUE, succeeds);
  }

  /// Answers calls in the order of their release, those too that are released meanwhile.
  static void workOff(RunBench bench, int from, int to, Predicate<LaneCommand.Enqueue> succeeds) {
    for (int i = from; i < to && i < bench.told(LaneCommand.Enqueue.class).size(); i++) {
      LaneCommand.Enqueue call = bench.released(i);
      bench.given(started(call, bench.now));
      bench.given(
        succeeds.test(call) ? succeeded(call, spend(1, "0.0001")) : failed(call, spend(1, "0.0001"))
      );
    }
  }
}
