package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.LedgerComparison.Attempts;
import dev.acm2.cli.LedgerComparison.Request;
import dev.acm2.cli.VerifyCommand.Invariant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerComparisonTest {

  private static final Call ONE = Samples.call(1, "OK", 1);

  @Test
  void shouldHoldWhenEachReleaseHasAsManyRequestsAsAttempts() {
    Invariant i5 = compare(
      List.of(recorded(ONE, 1, 2)),
      List.of(ONE),
      ONE.callId() + "-1-1",
      ONE.callId() + "-1-2"
    );

    assertThat(i5).isEqualTo(
      new Invariant("I5", true, "2 requests in the ledger, 2 attempts in events")
    );
  }

  @Test
  void shouldNameTheReleaseThatDiffers() {
    Invariant i5 = compare(
      List.of(recorded(ONE, 1, 1)),
      List.of(ONE),
      ONE.callId() + "-1-1",
      ONE.callId() + "-1-2"
    );

    assertThat(i5.ok()).isFalse();
    assertThat(i5.detail()).contains(ONE.callId() + " epoch 1: 2 in the ledger, 1 in events");
  }

  @Test
  void shouldMissARequestThatNoEventTellsOf() {
    assertThat(compare(List.of(), List.of(ONE), ONE.callId() + "-1-1").ok()).isFalse();
  }

  @Test
  void shouldMissAnAttemptThatTheProviderNeverSaw() {
    assertThat(compare(List.of(recorded(ONE, 1, 1)), List.of(ONE)).ok()).isFalse();
  }

  @Test
  void shouldNotLookAtRequestsOfOtherRuns() {
    String other = "f".repeat(32);

    assertThat(compare(List.of(), List.of(ONE), other + "-1-1", null, "my-own-id").ok()).isTrue();
  }

  @Test
  void shouldAllowOneMoreOrLessWhereNobodyToldTheLastWord() {
    String id = ONE.callId();
    List<Attempts> lost = List.of(new Attempts(id, 1, 1, false), recorded(ONE, 2, 1));

    assertThat(compare(lost, List.of(ONE), id + "-2-1").ok()).isTrue();
    assertThat(compare(lost, List.of(ONE), id + "-1-1", id + "-1-2", id + "-2-1").ok()).isTrue();
    assertThat(
      compare(lost, List.of(ONE), id + "-1-1", id + "-1-2", id + "-1-3", id + "-2-1").ok()
    ).isFalse();
  }

  @Test
  void shouldBeExactForReleasesThatWereGivenBackOrRetried() {
    // given three releases, each with its last word
    String id = ONE.callId();
    List<Attempts> told = List.of(recorded(ONE, 1, 1), recorded(ONE, 2, 2), recorded(ONE, 3, 1));

    assertThat(
      compare(told, List.of(ONE), id + "-1-1", id + "-2-1", id + "-2-2", id + "-3-1").ok()
    ).isTrue();
    assertThat(
      compare(
        told,
        List.of(ONE),
        id + "-1-1",
        id + "-1-2",
        id + "-2-1",
        id + "-2-2",
        id + "-3-1"
      ).ok()
    ).isFalse();
    assertThat(compare(told, List.of(ONE), id + "-1-1", id + "-2-1", id + "-3-1").ok()).isFalse();
  }

  private static Attempts recorded(Call call, int epoch, int attempts) {
    return new Attempts(call.callId(), epoch, attempts, true);
  }

  private static Invariant compare(
    List<Attempts> recorded,
    List<Call> calls,
    @Nullable String... ledger
  ) {
    List<Request> requests = Stream.of(ledger).map(Request::new).toList();
    return LedgerComparison.compare(recorded, calls, requests);
  }
}
