package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker is killed with SIGKILL in the middle of a run and comes back: nothing that was
/// acknowledged is lost, and every call ends.
class BrokerKillIT {

  private static final Map<String, ?> LIMITS = Map.of("callDeadline", "PT2M", "concurrency", 10);

  @Test
  void shouldGoOnWhenTheBrokerComesBack(@TempDir Path folder) {
    SimulatorOptions options = SimulatorOptions.defaults().withLatency(Duration.ofMillis(200));
    StandaloneOptions database = StandaloneOptions.in(folder.resolve("data"))
      .withSimulator(options)
      .without(Service.values());
    try (
      Standalone acm2 = Standalone.start(database);
      BrokerProcess broker = new BrokerProcess(folder);
      Services services = new Services(acm2, broker, folder)
    ) {
      // given
      services.awaitReady();
      Api api = new Api(acm2.gatewayUrl());
      RunId runId = api.submit(Submissions.run(30, 5, LIMITS, "openai:gpt-5.1"));
      api.await(runId, run -> run.stats().ended() >= 40);
      // when
      broker.killAndRestart();
      RunView run = api.awaitFinished(runId);
      // then
      assertThat(run.stats().ended()).isEqualTo(150);
      assertThat(run.stats().ok()).isEqualTo(150);
      Ledgers.assertVerified(
        api,
        runId,
        Objects.requireNonNull(acm2.simulator()).ledger().entries()
      );
    }
  }

  /// Every service as a process of its own, on the broker that will be killed.
  private static final class Services implements AutoCloseable {

    private final List<ServiceProcess> processes = new ArrayList<>();

    Services(Standalone acm2, BrokerProcess broker, Path folder) {
      for (Service service : Service.values()) {
        List<String> arguments = acm2
          .arguments(service)
          .stream()
          .map(each -> each.replace(acm2.bootstrapServers(), broker.bootstrapServers()))
          .toList();
        processes.add(ServiceProcess.start(service, arguments, acm2.url(service), folder));
      }
    }

    void awaitReady() {
      processes.forEach(ServiceProcess::awaitReady);
    }

    @Override
    public void close() {
      processes.forEach(ServiceProcess::close);
    }
  }
}
