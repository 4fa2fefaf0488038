package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void shouldSpreadReconnectsBetweenHalfASecondAndAnEndThatDoubles() {
    assertThat(Backoff.delay(0, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(Backoff.delay(0, 0.5)).isEqualTo(Duration.ofMillis(750));
    assertThat(Backoff.delay(3, 0.999_999)).isBetween(
      Duration.ofMillis(7_900),
      Duration.ofSeconds(8)
    );
  }

  @Test
  void shouldNeverWaitLongerThanHalfAMinute() {
    assertThat(Backoff.delay(1_000, 0.999_999)).isBetween(
      Duration.ofSeconds(29),
      Duration.ofSeconds(30)
    );
  }
}
