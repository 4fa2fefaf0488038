package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.gateway.Workers.Worker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shouldListWorkersByTheirIds() {
    assertThat(
      Workers.of(List.of(beat("b", 1, 0, false), beat("a", 1, 3, false)), NOW).workers()
    ).containsExactly(
      new Worker("a", "build", NOW.minusSeconds(1), 8, 3, false, List.of("openai"), false),
      new Worker("b", "build", NOW.minusSeconds(1), 8, 0, false, List.of("openai"), false)
    );
  }

  @Test
  void shouldSayWhoHasFallenSilent() {
    assertThat(silent(beat("a", 10, 0, false))).containsExactly(false);
    assertThat(silent(beat("a", 11, 0, false))).containsExactly(true);
    assertThat(silent(beat("a", 300, 0, false))).containsExactly(true);
  }

  @Test
  void shouldForgetWhoIsGone() {
    assertThat(silent(beat("a", 301, 2, false))).isEmpty();
  }

  @Test
  void shouldForgetWhoLeftInOrder() {
    assertThat(silent(beat("leaves", 2, 0, true))).containsExactly(false);
    assertThat(silent(beat("left", 11, 0, true))).isEmpty();
    assertThat(silent(beat("died while leaving", 11, 1, true))).containsExactly(true);
  }

  private static List<Boolean> silent(WorkerHeartbeat beat) {
    return Workers.of(List.of(beat), NOW).workers().stream().map(Worker::silent).toList();
  }

  private static WorkerHeartbeat beat(String id, int secondsAgo, int inFlight, boolean draining) {
    return new WorkerHeartbeat(
      id,
      "build",
      NOW.minusSeconds(secondsAgo),
      8,
      inFlight,
      draining,
      List.of("openai")
    );
  }
}
