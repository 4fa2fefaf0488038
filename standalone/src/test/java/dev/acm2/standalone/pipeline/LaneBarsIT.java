package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunEvent.CallDispatched;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.RunLog;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.LedgerEntry;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I10: a lane of 7 at once and so many requests a minute, with three workers, as the provider's own
/// ledger counts them. In full 120 a minute and more than two minutes of them; else 30 a minute, and the
/// lane is watched for as long as another one needs for the same calls.
class LaneBarsIT {

  private static final String GPT = "openai:gpt-5.1";
  private static final String LLAMA = "openai-compatible:llama-3.3-70b";
  private static final int PLACES = 7;
  private static final int A_MINUTE = Bars.of(120, 30);
  /// Two and a half minutes' worth.
  private static final int DOCUMENTS = A_MINUTE / 2;
  private static final int ITERATIONS = 5;
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Map<String, ?> LIMITS = Map.of("concurrency", 50, "maxPaidCalls", 10_000);

  private Standalone acm2;
  private WorkerFleet workers;
  private ProviderSimulator simulator;
  private Api api;

  @BeforeEach
  void startThreeWorkers(@TempDir Path folder) {
    String lanes = "--acm2.orchestrator.lanes.";
    acm2 = Standalone.start(
      StandaloneOptions.in(folder.resolve("data"))
        .withSimulator(SimulatorOptions.defaults().withLatency(Duration.ofMillis(500)))
        .withSettings(
          Service.ORCHESTRATOR,
          lanes + "openai.concurrency=" + PLACES,
          lanes + "openai.requests-per-minute=" + A_MINUTE,
          lanes + "openai-compatible.concurrency=" + PLACES
        )
        .without(Service.WORKER)
    );
    workers = new WorkerFleet(acm2, 3, folder);
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
  void shouldNeverExceedTheLimitsOfALane() {
    // given
    RunId limited = api.submit(Submissions.run(DOCUMENTS, ITERATIONS, LIMITS, GPT));
    // when
    if (Bars.FULL) {
      RunView run = api.awaitFinished(limited);
      assertThat(run.stats().ok()).isEqualTo(DOCUMENTS * ITERATIONS);
    } else {
      api.await(limited, run -> run.stats().ok() >= A_MINUTE);
      RunId free = api.submit(Submissions.run(DOCUMENTS, ITERATIONS, LIMITS, LLAMA));
      assertThat(api.awaitFinished(free).stats().ok()).isEqualTo(DOCUMENTS * ITERATIONS);
      assertThat(api.cancel(limited)).isEqualTo(202);
      api.awaitFinished(limited);
    }
    // then
    assertWithinLimits(entriesOf("gpt-5.1"), slowestWay(limited, entriesOf("gpt-5.1")));
    Ledgers.assertVerified(api, limited, entriesOf("gpt-5.1"));
  }

  private static void assertWithinLimits(List<LedgerEntry> entries, Duration slowestWay) {
    int peak = ProviderLoad.peaks(entries, MINUTE).getOrDefault("gpt-5.1", 0);
    int most = ProviderLoad.mostWithin(MINUTE, entries);
    Bars.report(
      "%d requests, at most %d at once and %d in a minute; at most %s from release to provider",
      entries.size(),
      peak,
      most,
      slowestWay
    );
    assertThat(peak).as("calls at once, all of which were to be had").isEqualTo(PLACES);
    assertThat(most)
      .as(
        "requests in any minute, where the way from release to provider took up to %s",
        slowestWay
      )
      .isBetween(A_MINUTE, A_MINUTE + 1);
  }

  private Duration slowestWay(RunId runId, List<LedgerEntry> entries) {
    Map<String, Instant> arrivals = new HashMap<>();
    entries.forEach(each -> arrivals.putIfAbsent(Ledgers.callIdOf(each), each.receivedAt()));
    List<Duration> ways = new ArrayList<>();
    RunLog log = new RunLog(new KafkaSettings(acm2.bootstrapServers()), Duration.ofSeconds(60));
    log.read(runId, 0, api.run(runId).asOf().offset(), entry -> {
      if (entry.recorded().event() instanceof CallDispatched released) {
        Instant arrival = arrivals.get(released.callId().value());
        ways.add(arrival == null ? Duration.ZERO : Duration.between(entry.appendedAt(), arrival));
      }
    });
    return Collections.max(ways);
  }

  private List<LedgerEntry> entriesOf(String model) {
    return simulator
      .ledger()
      .entries()
      .stream()
      .filter(entry -> model.equals(entry.model()))
      .toList();
  }
}
