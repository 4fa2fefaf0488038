package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.worker.call.RetryDecision.GiveUp;
import dev.acm2.worker.call.RetryDecision.Reason;
import dev.acm2.worker.call.RetryDecision.RetryAfter;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.Bill;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {

  private static final Duration PLENTY = Duration.ofMinutes(10);

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, 500",
    "2, 0.5, 1000",
    "3, 0.5, 2000",
    "5, 0.5, 8000",
    "6, 0.5, 15000",
    "7, 0.5, 15000",
    "60, 0.5, 15000",
    "4, 0.0, 0",
    "1, 0.999, 999",
  })
  void shouldPauseWithFullJitter(int attempt, double draw, long millis) {
    assertThat(RetryPolicy.next(failure(null), attempt, 100, false, PLENTY, draw)).isEqualTo(
      new RetryAfter(Duration.ofMillis(millis))
    );
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void shouldRetryWhatCanHelpAndNothingElse(FailureKind kind) {
    RetryDecision decision = RetryPolicy.next(
      new Failure(kind, null, "no"),
      1,
      3,
      false,
      PLENTY,
      0
    );
    assertThat(decision instanceof RetryAfter).isEqualTo(kind.retryable());
  }

  @ParameterizedTest
  @CsvSource({ "1, 2, true", "2, 2, false", "3, 2, false", "1, 1, false" })
  void shouldNotExceedTheAttempts(int attempt, int most, boolean again) {
    RetryDecision decision = RetryPolicy.next(failure(null), attempt, most, false, PLENTY, 0);
    assertThat(decision instanceof RetryAfter).isEqualTo(again);
  }

  @Test
  void shouldAskOnceMoreForAnAnswerThatCannotBeUsed() {
    Failure garbage = new Failure(FailureKind.INVALID_OUTPUT, 200, "no JSON");
    assertThat(RetryPolicy.next(garbage, 1, 9, false, PLENTY, 0)).isInstanceOf(RetryAfter.class);
    assertThat(RetryPolicy.next(garbage, 2, 9, true, PLENTY, 0)).isInstanceOfSatisfying(
      GiveUp.class,
      giveUp -> assertThat(giveUp.reason()).isEqualTo(Reason.ASKED_AGAIN_IN_VAIN)
    );
    assertThat(RetryPolicy.next(failure(null), 2, 9, true, PLENTY, 0)).isInstanceOf(
      RetryAfter.class
    );
  }

  @ParameterizedTest
  @CsvSource({ "0", "7", "28" })
  void shouldHonourRetryAfter(long seconds) {
    Duration asked = Duration.ofSeconds(seconds);
    assertThat(
      RetryPolicy.next(failure(asked), 1, 3, false, Duration.ofSeconds(30), 0.9)
    ).isEqualTo(new RetryAfter(asked));
  }

  @ParameterizedTest
  @CsvSource({ "29", "30", "3600", "86400" })
  void shouldFailNowWhenRetryAfterEndsTooLate(long seconds) {
    RetryDecision decision = RetryPolicy.next(
      failure(Duration.ofSeconds(seconds)),
      1,
      3,
      false,
      Duration.ofSeconds(30),
      0
    );
    assertThat(decision).isInstanceOfSatisfying(GiveUp.class, giveUp -> {
      assertThat(giveUp.reason()).isEqualTo(Reason.RETRY_AFTER_PAST_DEADLINE);
      assertThat(giveUp.message()).contains(seconds * 1000 + " ms", "30000 ms", "deadline");
    });
  }

  @Test
  void shouldNeverLeaveLessThanTwoSecondsToAnAttempt() {
    assertThat(
      RetryPolicy.next(failure(null), 5, 9, false, Duration.ofMillis(1999), 0)
    ).isInstanceOfSatisfying(GiveUp.class, giveUp ->
      assertThat(giveUp.reason()).isEqualTo(Reason.NO_TIME_LEFT)
    );
    assertThat(RetryPolicy.next(failure(null), 5, 9, false, Duration.ofSeconds(5), 0.99)).isEqualTo(
      new RetryAfter(Duration.ofSeconds(3))
    );
    assertThat(RetryPolicy.next(failure(null), 5, 9, false, Duration.ofSeconds(2), 0.99)).isEqualTo(
      new RetryAfter(Duration.ZERO)
    );
  }

  private static Failure failure(@Nullable Duration retryAfter) {
    return new Failure(FailureKind.RATE_LIMITED, 429, "slow down", retryAfter, Bill.NONE);
  }
}
