package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.hang;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ArtifactRef;
import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.WorkItem;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.InMemoryArtifactStore;
import dev.acm2.worker.Answers;
import dev.acm2.worker.ScriptedServer;
import dev.acm2.worker.ScriptedServer.Behaviour;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.ProviderExchanges;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A worker without a log and a scripted provider, over real sockets.
@Timeout(60)
abstract class HttpCallFixture {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final String GOOD = Answers.responses("A summary.").toString();

  final InMemoryArtifactStore store = new InMemoryArtifactStore();
  final ProviderExchanges exchanges = new ProviderExchanges();
  ScriptedServer server = new ScriptedServer(hang());
  CallHarness worker = CallHarness.onSystemClock(store, exchanges, server.baseUrl());

  @AfterEach
  void stop() {
    worker.close();
    server.close();
    exchanges.close();
  }

  void given(Behaviour... script) {
    server.close();
    worker.close();
    server = new ScriptedServer(script);
    worker = CallHarness.onSystemClock(store, exchanges, server.baseUrl());
  }

  WorkItem limited(Duration deadline, Duration attempt, int attempts) {
    return WorkItems.of(store)
      .withLimits(WorkItems.limits(deadline, attempt, attempts))
      .item();
  }

  CallSucceeded succeeded(WorkItem item) {
    CallEnded end = end(item);
    assertThat(end).isInstanceOf(CallSucceeded.class);
    return (CallSucceeded) end;
  }

  CallFailed failed(WorkItem item) {
    CallEnded end = end(item);
    assertThat(end).isInstanceOf(CallFailed.class);
    return (CallFailed) end;
  }

  CallEnded end(WorkItem item) {
    worker.start(item);
    CallEnded end = worker.sink.awaitEnd(PATIENCE);
    Await.until("the free slot", PATIENCE, () -> worker.calls.size() == 0);
    assertThat(worker.sink.ends()).hasSize(1);
    return end;
  }

  static ArtifactRef artifact(CallEnded end, Role role) {
    return Objects.requireNonNull(
      end
        .artifacts()
        .stream()
        .filter(each -> each.role() == role)
        .findFirst()
        .orElse(null),
      "no artifact " + role
    ).ref();
  }
}
