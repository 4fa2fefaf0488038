package dev.acm2.infra;

import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallTimedOut;
import dev.acm2.contract.RunEvent.Enforcer;
import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.Fault;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// How long after its deadline a call is ended, with 300 calls under way, by the way in which its provider
/// hangs; and when the worker itself is frozen. Prints p50, p99 and maximum of enforcedAt - deadline, and
/// which ring did it.
public final class OvershootBench {

  private static final int CALLS = 300;
  private static final int RUNS = 3;
  private static final int DOCUMENTS = 50;
  private static final String MODEL = "gpt-5-mini";
  private static final Duration DEADLINE = Duration.ofSeconds(40);
  /// So that all calls are under way when the worker freezes, and few are ended by it before.
  private static final Duration FREEZE_BEFORE = Duration.ofSeconds(1);
  private static final Map<String, Object> LIMITS = Map.of(
    "concurrency",
    CALLS,
    "callDeadline",
    DEADLINE.toString(),
    "attemptTimeout",
    DEADLINE.toString(),
    "maxAttempts",
    1,
    "onWorkerLost",
    "FAIL",
    "maxPaidCalls",
    10_000,
    "maxCostUsd",
    1000
  );

  private final RunClient client;
  private final ProviderSimulator simulator;

  private OvershootBench(Standalone acm2) {
    this.client = new RunClient(acm2);
    this.simulator = Objects.requireNonNull(acm2.simulator());
  }

  static void main() throws Exception {
    try (Standalone acm2 = Standalone.start(options("overshoot"))) {
      OvershootBench bench = new OvershootBench(acm2);
      bench.hanging(Fault.HANG_BEFORE_HEADERS, "warm-up");
      for (Fault fault : List.of(Fault.HANG_BEFORE_HEADERS, Fault.HANG_MID_BODY, Fault.TRICKLE)) {
        for (int run = 1; run <= RUNS; run++) {
          bench.hanging(fault, "run " + run);
        }
      }
    }
    for (int run = 1; run <= RUNS; run++) {
      frozen("run " + run);
    }
  }

  private static StandaloneOptions options(String name) throws IOException {
    return StandaloneOptions.in(Files.createTempDirectory("acm2-" + name))
      .withSimulator(SimulatorOptions.defaults())
      .withSettings(
        Service.ORCHESTRATOR,
        "--acm2.orchestrator.lanes.openai.concurrency=" + CALLS,
        "--acm2.orchestrator.lanes.openai.adaptive=false",
        // Else a model that never answers would get ten calls at once and no more.
        "--acm2.orchestrator.breaker.failures=" + 10 * CALLS
      )
      .withSettings(Service.WORKER, "--acm2.worker.slots=" + CALLS);
  }

  private void hanging(Fault fault, String label) throws IOException, InterruptedException {
    print(fault.label(), label, client.finished(allUnderWay(fault)));
  }

  /// A worker of its own for each run: the log waits long for one that says nothing.
  private static void frozen(String label) throws IOException, InterruptedException {
    StandaloneOptions options = options("frozen").without(Service.WORKER);
    try (
      Standalone acm2 = Standalone.start(options);
      WorkerProcess worker = WorkerProcess.start(acm2, options.dataDirectory())
    ) {
      OvershootBench bench = new OvershootBench(acm2);
      RunId runId = bench.allUnderWay(Fault.HANG_BEFORE_HEADERS);
      Instant freezeAt = bench.firstDeadline(runId).minus(FREEZE_BEFORE);
      LockSupport.parkNanos(Duration.between(Instant.now(), freezeAt).toNanos());
      worker.freeze();
      bench.print("frozen worker", label, bench.client.finished(runId));
    }
  }

  private RunId allUnderWay(Fault fault) throws IOException, InterruptedException {
    simulator.always(MODEL, fault);
    simulator.ledger().clear();
    RunId runId = client.submit(DOCUMENTS, CALLS / DOCUMENTS, "openai:" + MODEL, LIMITS);
    client.await(runId, run -> run.stats().inFlight() == CALLS || run.stats().timedOut() > 0);
    return runId;
  }

  private Instant firstDeadline(RunId runId) throws IOException, InterruptedException {
    List<Instant> deadlines = new ArrayList<>();
    client.events(client.await(runId, _ -> true), entry -> {
      if (entry.recorded().event() instanceof CallStarted started) {
        deadlines.add(started.deadlineAt());
      }
    });
    return Collections.min(deadlines);
  }

  private void print(String kind, String label, RunView run) {
    List<Long> overshoot = new ArrayList<>();
    Map<Enforcer, Integer> rings = new TreeMap<>();
    client.events(run, entry -> {
      if (entry.recorded().event() instanceof CallTimedOut end) {
        overshoot.add(Duration.between(end.deadline(), end.enforcedAt()).toMillis());
        rings.merge(end.enforcedBy(), 1, Integer::sum);
      }
    });
    Collections.sort(overshoot);
    System.out.printf(
      Locale.ROOT,
      "%-20s %-8s overshoot p50 %4d ms  p99 %4d ms  max %4d ms  by %s, %d at once, %d lost%n",
      kind,
      label,
      overshoot.get(overshoot.size() / 2),
      overshoot.get((overshoot.size() * 99) / 100),
      overshoot.getLast(),
      rings,
      simulator.ledger().peakConcurrency(),
      run.stats().failed()
    );
  }
}
