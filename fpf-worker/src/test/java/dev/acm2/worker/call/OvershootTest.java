package dev.acm2.worker.call;

import dev.acm2.testkit.InMemoryArtifactStore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// R10, R12: with a store that takes no time.
@Timeout(120)
class OvershootTest {

  @ParameterizedTest
  @EnumSource(Overshoot.Hang.class)
  void shouldStopCallsThatHang(Overshoot.Hang how) {
    Overshoot.measure("in memory", new InMemoryArtifactStore(), how);
  }
}
