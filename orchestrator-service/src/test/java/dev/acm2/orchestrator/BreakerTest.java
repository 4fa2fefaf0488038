package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.ModelId;
import dev.acm2.orchestrator.Breaker.Status;
import dev.acm2.testkit.Facts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final BreakerRules RULES = new BreakerRules(3, Duration.ofSeconds(30), 2);
  private static final Instant AT = Facts.START;
  private static final String GARBAGE = "INVALID_OUTPUT";

  @Test
  void shouldAdmitNoMoreCallsThanMayBePaidTwiceUntilOneHasSucceeded() {
    assertThat(Breaker.FRESH.admits(1, RULES)).isTrue();
    assertThat(Breaker.FRESH.admits(2, RULES)).isFalse();
    assertThat(failed(Breaker.FRESH, 1, GARBAGE).admits(1, RULES)).isFalse();
    assertThat(Breaker.FRESH.succeeded().admits(1000, RULES)).isTrue();
  }

  @Test
  void shouldOpenAfterEnoughFailuresOfOneKindInARow() {
    Breaker two = failed(failed(Breaker.FRESH, 1, GARBAGE), 2, GARBAGE);

    assertThat(two.status()).isEqualTo(Status.CLOSED);
    assertThat(failed(two, 3, GARBAGE).status()).isEqualTo(Status.OPEN);
    assertThat(failed(two, 3, "SERVER_ERROR 500").status()).isEqualTo(Status.CLOSED);
    assertThat(failed(two, 3, "SERVER_ERROR 500").failures()).isEqualTo(1);
    assertThat(two.succeeded().failures()).isZero();
  }

  @Test
  void shouldLetOneCallTryAfterItsTime() {
    Breaker open = open();

    assertThat(open.probeAt()).isEqualTo(AT.plusSeconds(30));
    assertThat(open.admits(5, RULES)).isTrue();
    assertThat(open.sent(call(4)).admits(0, RULES)).isFalse();
  }

  @Test
  void shouldCloseWhenAnyCallSucceeds() {
    assertThat(open().succeeded()).isEqualTo(Breaker.FRESH.succeeded());
    assertThat(open().sent(call(4)).succeeded().status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void shouldGiveUpAfterEnoughFailedProbes() {
    Breaker once = failed(open().sent(call(4)), 4, "NETWORK");
    assertThat(once.status()).isEqualTo(Status.OPEN);
    assertThat(once.probeAt()).isEqualTo(AT.plusSeconds(30));

    Breaker twice = failed(once.sent(call(5)), 5, GARBAGE);

    assertThat(twice.status()).isEqualTo(Status.GIVEN_UP);
    assertThat(twice.probeAt()).isNull();
    assertThat(twice.succeeded().status()).isEqualTo(Status.GIVEN_UP);
  }

  @Test
  void shouldNotCountCallsThatWereUnderWayAsProbes() {
    Breaker probing = open().sent(call(4));

    assertThat(failed(probing, 9, GARBAGE)).isEqualTo(probing);
    assertThat(failed(open(), 9, GARBAGE)).isEqualTo(open());
  }

  @Test
  void shouldProbeAgainWhenAProbeSaysNothing() {
    Breaker probing = open().sent(call(4));

    Breaker after = probing.undecided(call(4), AT, RULES);

    assertThat(after.status()).isEqualTo(Status.OPEN);
    assertThat(after.failedProbes()).isZero();
    assertThat(probing.undecided(call(9), AT, RULES)).isEqualTo(probing);
  }

  private static Breaker open() {
    return failed(failed(failed(Breaker.FRESH, 1, GARBAGE), 2, GARBAGE), 3, GARBAGE);
  }

  private static Breaker failed(Breaker breaker, int call, String how) {
    return breaker.failed(call(call), how, AT, RULES);
  }

  private static CallId call(int number) {
    return CallId.of(
      Facts.runId(1),
      CallPlace.generation("doc", ModelId.parse("openai:gpt-5-mini"), number)
    );
  }
}
