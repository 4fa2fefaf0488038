package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2025-12-20T21:48:29Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "' 7 ', 7",
    "-5, 0",
    "1000000000, 86400",
    "999999999999999999, 86400",
    "'Sat, 20 Dec 2025 21:48:59 GMT', 30",
    "'Sat, 20 Dec 2025 21:00:00 GMT', 0",
    "'Sun, 20 Dec 2026 21:00:00 GMT', 86400",
  })
  void shouldReadSecondsAndDates(String header, long seconds) {
    assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = { "", "soon", "1.5", "12345678901234567890", "Sat, 99 Dec 2025", "7 s" })
  void shouldIgnoreNonsense(String header) {
    assertThat(RetryAfter.read(header, NOW)).isNull();
  }

  @Test
  void shouldAskForNothingWithoutHeader() {
    assertThat(RetryAfter.read(null, NOW)).isNull();
  }
}
