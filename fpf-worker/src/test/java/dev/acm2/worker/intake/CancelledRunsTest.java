package dev.acm2.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RunId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CancelledRunsTest {

  private static final Instant NOW = Instant.parse("2025-12-20T21:48:29Z");

  @Test
  void shouldKnowTheRunsOfADayAndNoMore() {
    CancelledRuns runs = new CancelledRuns();
    for (int hour = 0; hour < 100; hour++) {
      Instant at = NOW.plus(Duration.ofHours(hour));
      runs.add(RunId.of(NOW, hour, hour), "enough", at, at);
    }
    assertThat(runs.size()).isBetween(24, 27);
    assertThat(runs.reason(RunId.of(NOW, 99, 99))).contains("enough");
    assertThat(runs.reason(RunId.of(NOW, 76, 76))).contains("enough");
    assertThat(runs.reason(RunId.of(NOW, 0, 0))).isEmpty();
  }
}
