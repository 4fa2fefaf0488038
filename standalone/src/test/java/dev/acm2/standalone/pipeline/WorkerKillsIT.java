package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.Behaviour;
import dev.acm2.providersimulator.FaultShares;
import dev.acm2.providersimulator.LedgerEntry;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls of 200 ms with 10 % mixed faults on three workers, of which one after the other is killed with
/// SIGKILL and started again: I1 to I5 and I10 hold, and after all that a cancel still works (I9). In full
/// 5,000 calls and 20 kills.
class WorkerKillsIT {

  private static final String GPT = "openai:gpt-5.1";
  private static final String LLAMA = "openai-compatible:llama-3.3-70b";
  private static final int WORKERS = 3;
  private static final int CALLS = Bars.of(5_000, 600);
  private static final int KILLS = Bars.of(20, 4);
  private static final int PLACES = 12;
  private static final long SEED = 20;
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);
  private static final FaultShares FAULTS = FaultShares.parse(
    "rate-limit=0.01,server-error=0.02,overloaded=0.02,hang-before-headers=0.01," +
      "hang-mid-body=0.005,trickle=0.005,truncated-json=0.01,empty-200=0.01,reset=0.005," +
      "reset-mid-body=0.005"
  );
  private static final Map<String, ?> LIMITS = Map.of(
    "callDeadline",
    "PT40S",
    "attemptTimeout",
    ATTEMPT_TIMEOUT.toString(),
    "maxPaidCalls",
    4 * CALLS,
    "maxCostUsd",
    1_000,
    "concurrency",
    100
  );

  private Standalone acm2;
  private WorkerFleet workers;
  private ProviderSimulator simulator;
  private Api api;

  @BeforeEach
  void startThreeWorkers(@TempDir Path folder) {
    acm2 = Standalone.start(
      StandaloneOptions.in(folder.resolve("data"))
        .withSimulator(SimulatorOptions.defaults().withLatency(Duration.ofMillis(200)))
        .withSettings(
          Service.ORCHESTRATOR,
          "--acm2.orchestrator.lanes.openai.concurrency=" + PLACES,
          "--acm2.orchestrator.lanes.openai-compatible.concurrency=" + PLACES
        )
        .without(Service.WORKER)
    );
    workers = new WorkerFleet(acm2, WORKERS, folder);
    workers.awaitReady();
    simulator = Objects.requireNonNull(acm2.simulator());
    api = new Api(acm2.gatewayUrl(), Bars.PATIENCE);
  }

  @AfterEach
  void stopEverything() {
    workers.close();
    acm2.close();
  }

  @Test
  void shouldEndEveryCallAndTellTheTruthWhicheverWorkerDies() {
    // given
    simulator.faults(FAULTS);
    RunId runId = api.submit(Submissions.run(CALLS / 20, 10, LIMITS, GPT, LLAMA));
    // when
    SplittableRandom random = new SplittableRandom(SEED);
    for (int ended : endedBeforeEachKill(random)) {
      api.await(runId, run -> run.stats().ended() >= ended);
      workers.killAndRestart(random.nextInt(workers.size()));
    }
    RunView run = api.awaitFinished(runId);
    // then
    assertEveryCallEnded(run);
    assertThat(run.anomalies()).isZero();
    List<LedgerEntry> entries = simulator.ledger().entries();
    Ledgers.assertVerified(api, runId, entries);
    assertThat(entries).as("the kills hit calls under way").hasSizeGreaterThan(CALLS);
    assertThat(ProviderLoad.peaks(entries, ATTEMPT_TIMEOUT)).allSatisfy((model, peak) ->
      assertThat(peak).as("I10: calls of %s at once", model).isLessThanOrEqualTo(PLACES)
    );
    Bars.report(
      "%d calls, %d kills: %d requests, %s, peaks %s, %d calls orphaned",
      CALLS,
      KILLS,
      entries.size(),
      run.stats(),
      ProviderLoad.peaks(entries, ATTEMPT_TIMEOUT),
      api
        .calls(runId)
        .stream()
        .filter(call -> call.epoch() > 1)
        .count()
    );
    assertThatACancelWorks();
  }

  private static void assertEveryCallEnded(RunView run) {
    assertThat(run.stats().balanced()).as("I1").isTrue();
    assertThat(run.stats().planned()).isEqualTo(CALLS);
    assertThat(run.stats().ended()).isEqualTo(CALLS);
    assertThat(run.stats().queued() + run.stats().inFlight()).isZero();
    assertThat(run.stats().ok())
      .as("nearly all survive their faults and their workers")
      .isGreaterThan((CALLS * 9) / 10);
  }

  /// I9, in full to the second; else with room for a machine that is busy.
  private void assertThatACancelWorks() {
    simulator.faults(FaultShares.NONE);
    simulator.ledger().clear();
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofMinutes(5), Behaviour.OK));
    RunId runId = api.submit(Submissions.run(10, 4, Map.of("concurrency", 5), GPT));
    api.await(runId, run -> run.stats().inFlight() == 5);
    assertThat(api.cancel(runId)).isEqualTo(202);
    Instant accepted = Instant.now();
    RunView run = api.awaitFinished(runId);

    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.stats().cancelled()).isEqualTo(5);
    assertThat(run.stats().skipped()).isEqualTo(35);
    Instant lastStart = accepted.plus(Bars.of(Duration.ofSeconds(1), Duration.ofSeconds(10)));
    Instant lastEnd = accepted.plus(Bars.of(Duration.ofSeconds(5), Duration.ofSeconds(20)));
    assertThat(api.calls(runId)).extracting(CallView::attempts).containsOnly(0, 1);
    assertThat(simulator.ledger().entries())
      .hasSize(5)
      .allSatisfy(entry -> {
        assertThat(entry.receivedAt()).isBefore(lastStart);
        assertThat(entry.finishedAt()).isNotNull().isBefore(lastEnd);
        assertThat(entry.clientGone()).isTrue();
      });
  }

  /// Between a twentieth and nine tenths of the calls, in order.
  private static List<Integer> endedBeforeEachKill(SplittableRandom random) {
    return IntStream.generate(() -> random.nextInt(CALLS / 20, (CALLS * 9) / 10))
      .limit(KILLS)
      .sorted()
      .boxed()
      .toList();
  }
}
