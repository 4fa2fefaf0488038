package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.FaultShares;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 600 calls of 200 ms with 5 % faults, while services, each a process of its own, are killed with
/// SIGKILL: every call ends, every number equals the log, and the provider saw what the log says.
class ProcessKillIT {

  private static final FaultShares FAULTS = FaultShares.parse(
    "rate-limit=0.01,server-error=0.01,overloaded=0.005,hang-before-headers=0.005," +
      "hang-mid-body=0.005,truncated-json=0.005,empty-200=0.005,reset=0.005"
  );
  private static final Map<String, ?> LIMITS = Map.of(
    "callDeadline",
    "PT20S",
    "attemptTimeout",
    "PT3S",
    "maxPaidCalls",
    5000,
    "concurrency",
    20
  );

  private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
  private Standalone acm2;
  private Api api;
  private Path folder;

  @BeforeEach
  void startEveryServiceAsAProcess(@TempDir Path folder) {
    this.folder = folder;
    SimulatorOptions options = SimulatorOptions.defaults()
      .withLatency(Duration.ofMillis(200))
      .withFaults(FAULTS);
    acm2 = Standalone.start(
      StandaloneOptions.in(folder.resolve("data")).withSimulator(options).without(Service.values())
    );
    for (Service service : Service.values()) {
      processes.put(service, start(service));
    }
    processes.values().forEach(ServiceProcess::awaitReady);
    api = new Api(acm2.gatewayUrl());
  }

  @AfterEach
  void stopEverything() {
    processes.values().forEach(ServiceProcess::close);
    acm2.close();
  }

  @Test
  void shouldGiveTheSameResultWhicheverServiceDies() {
    // given
    RunId runId = api.submit(
      Submissions.run(50, 6, LIMITS, "openai:gpt-5.1", "openai-compatible:llama-3.3-70b")
    );
    // when
    api.await(runId, run -> run.stats().ended() >= 60);
    killAndRestart(Service.PROJECTOR);
    api.await(runId, run -> run.stats().ended() >= 180);
    killAndRestart(Service.GATEWAY);
    api.await(runId, run -> run.stats().ended() >= 300);
    killAndRestart(Service.ORCHESTRATOR);
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.stats().planned()).isEqualTo(600);
    assertThat(run.stats().balanced()).isTrue();
    assertThat(run.stats().ended()).isEqualTo(600);
    assertThat(run.stats().ok())
      .as("nearly all survive their faults by a retry")
      .isGreaterThan(570);
    assertThat(run.anomalies()).isZero();
    ProviderSimulator simulator = Objects.requireNonNull(acm2.simulator());
    Ledgers.assertVerified(api, runId, simulator.ledger().entries());
    assertThat(simulator.ledger().count()).isGreaterThanOrEqualTo(600);
  }

  @Test
  void shouldSendTheCallsOfAKilledWorkerOnceMore() {
    // given
    RunId runId = api.submit(Submissions.run(10, 6, LIMITS, "openai:gpt-5.1"));
    api.await(runId, run -> run.stats().ended() >= 10);
    // when
    killAndRestart(Service.WORKER);
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.stats().ended()).isEqualTo(60);
    assertThat(run.stats().inFlight() + run.stats().queued()).isZero();
    Ledgers.assertVerified(api, runId, Objects.requireNonNull(acm2.simulator()).ledger().entries());
  }

  private void killAndRestart(Service service) {
    Objects.requireNonNull(processes.get(service)).kill();
    ServiceProcess next = start(service);
    processes.put(service, next);
    next.awaitReady();
  }

  private ServiceProcess start(Service service) {
    return ServiceProcess.start(service, acm2.arguments(service), acm2.url(service), folder);
  }
}
