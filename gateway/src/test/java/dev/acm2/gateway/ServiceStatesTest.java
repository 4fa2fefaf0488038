package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.gateway.SystemHealth.Service;
import dev.acm2.gateway.SystemHealth.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceStatesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shouldSayWhenWhoHasNoHeartbeatWasSeenLast() {
    assertThat(of(List.of(writer("orchestrator", "o-1", 7200)))).containsExactly(
      new Service("orchestrator", "o-1", "build", NOW.minusSeconds(7200), Status.SEEN)
    );
  }

  @Test
  void shouldForgetOlderInstancesOfAService() {
    List<Version.Service> writers = List.of(
      writer("orchestrator", "newest", 10),
      writer("orchestrator", "recent", 299),
      writer("orchestrator", "old", 301)
    );

    assertThat(of(writers)).extracting(Service::instance).containsExactly("newest", "recent");
  }

  @Test
  void shouldTellWorkersByTheirHeartbeatsAlone() {
    // given one whose events are newer than its heartbeat
    List<Version.Service> writers = List.of(writer("fpf-worker", "w-1", 1));

    // when
    List<Service> services = of(writers, beat("w-1", 11), beat("w-2", 2));

    // then
    assertThat(services).containsExactly(
      new Service("fpf-worker", "w-1", "build", NOW.minusSeconds(11), Status.SILENT),
      new Service("fpf-worker", "w-2", "build", NOW.minusSeconds(2), Status.UP)
    );
  }

  private static List<Service> of(List<Version.Service> writers, WorkerHeartbeat... beats) {
    return ServiceStates.of(writers, Workers.of(List.of(beats), NOW), NOW);
  }

  private static Version.Service writer(String service, String instance, int secondsAgo) {
    return new Version.Service(service, instance, "build", NOW.minusSeconds(secondsAgo));
  }

  private static WorkerHeartbeat beat(String id, int secondsAgo) {
    return new WorkerHeartbeat(id, "build", NOW.minusSeconds(secondsAgo), 8, 0, false);
  }
}
