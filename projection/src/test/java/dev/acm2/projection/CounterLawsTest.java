package dev.acm2.projection;

import static dev.acm2.projection.Folded.RUN;
import static dev.acm2.projection.Folded.fold;
import static dev.acm2.projection.Folded.foldAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallRetried;
import dev.acm2.contract.Usd;
import dev.acm2.projection.Folded.Change;
import dev.acm2.testkit.CallFacts;
import dev.acm2.testkit.JudgedRun;
import dev.acm2.testkit.RandomRun;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of the counters, at every version of many random runs.
class CounterLawsTest {

  static LongStream seeds() {
    return Folded.seeds();
  }

  /// I1.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldBalanceAtEveryVersion(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      RunProjection end = fold(log, change ->
        assertThat(parts(change.after()))
          .as("I1 after %s", change.recorded())
          .allMatch(RunStats::balanced)
      );

      assertThat(stats(end).queued()).isZero();
      assertThat(stats(end).inFlight()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldBeTheSumOfWhatTheCallsContribute(long seed) {
    foldAll(seed, change -> {
      if (change.after().deleted()) {
        return;
      }
      RunStats seen = sum(change.all().calls().stream().map(RunStats::of));
      int unseen = change.after().stats().planned() - change.all().calls().size();
      assertThat(change.after().stats()).isEqualTo(seen.plus(RunStats.planned(unseen)));
      assertThat(sum(change.after().byPhase().values().stream())).isEqualTo(change.after().stats());
      assertThat(sum(change.after().byModel().values().stream())).isEqualTo(change.after().stats());
    });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldSplitTheWholeCostIntoParts(long seed) {
    foldAll(seed, change -> {
      assertThat(parts(change.after())).allSatisfy(stats ->
        assertThat(stats.cost().sum()).isEqualTo(stats.costUsd())
      );
      assertThat(change.all().calls()).allSatisfy(call ->
        assertThat(CostParts.of(call)).satisfies(CounterLawsTest::isNowhereNegative)
      );
    });
  }

  /// What was spent stays spent, and stays what it was spent for; but what a success had cost that is given
  /// up.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldTakeTheOldContributionOutWhenACallIsOpenedAgain(long seed) {
    foldAll(seed, change -> {
      CallView call = change.callBefore();
      boolean opens = change.recorded().event() instanceof CallQueued queued && queued.epoch() > 1;
      if (opens && call != null) {
        RunStats before = Objects.requireNonNull(change.before()).stats();
        RunStats after = change.after().stats();
        assertThat(after.ended()).isEqualTo(before.ended() - 1);
        assertThat(after.queued()).isEqualTo(before.queued() + 1);
        assertThat(after.cost()).isEqualTo(replacing(call, before.cost()));
        assertThat(after.attempts()).isEqualTo(before.attempts());
        assertThat(Objects.requireNonNull(change.callAfter()).savedUsd()).isEqualTo(Usd.ZERO);
      }
    });
  }

  private static CostParts replacing(CallView call, CostParts before) {
    Usd given = CostParts.of(call).succeededUsd();
    return new CostParts(
      before.succeededUsd().minus(given),
      before.failedUsd(),
      before.retriedUsd(),
      before.orphanedUsd(),
      before.lateUsd(),
      before.replacedUsd().plus(given)
    );
  }

  /// Whatever is not run anew has replaced nothing.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldReplaceNothingUnlessAPhaseIsRunAnew(long seed) {
    assertThat(
      stats(fold(RandomRun.log(seed, RUN, 2)))
        .cost()
        .replacedUsd()
    ).isEqualTo(Usd.ZERO);
    assertThat(
      stats(fold(JudgedRun.log(seed, RUN, 1)))
        .cost()
        .replacedUsd()
    ).isEqualTo(Usd.ZERO);
  }

  /// The law of the cost would say nothing of what no random run contains.
  @Test
  void shouldHaveSeenSuccessesReplaced() {
    Usd replaced = sum(seeds().mapToObj(seed -> stats(fold(JudgedRun.anewLog(seed, RUN, 1)))))
      .cost()
      .replacedUsd();

    assertThat(replaced).isGreaterThan(Usd.ZERO);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldHoldMoneyForWhatIsReleasedOnly(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      RunProjection end = fold(log, change ->
        assertThat(change.after().stats().reservedUsd()).isEqualTo(
          CallFacts.RESERVATION.times(released(change))
        )
      );

      assertThat(stats(end).reservedUsd()).isEqualTo(Usd.ZERO);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldMeasureTheOvershootOfEveryCallThatTimedOut(long seed) {
    foldAll(seed, change -> {
      RunStats stats = change.after().stats();
      int measured = stats
        .overshoot()
        .calls()
        .values()
        .stream()
        .mapToInt(i -> i)
        .sum();
      assertThat(measured).isEqualTo(stats.timedOut());
      assertThat(Overshoot.BOUNDS).containsAll(stats.overshoot().calls().keySet());
    });
  }

  /// I8.
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldShowAsManyRetriesAsWereAnnounced(long seed) {
    List<RecordedEvent> log = RandomRun.log(seed, RUN, 3);

    long announced = log
      .stream()
      .filter(e -> e.event() instanceof CallRetried)
      .count();
    assertThat((long) stats(fold(log)).retries()).isEqualTo(announced);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldCountAsRetryingWhatIsUnderWayAndHasFailedInItsEpoch(long seed) {
    for (List<RecordedEvent> log : Folded.logs(seed)) {
      RunProjection end = fold(log, change ->
        assertThat((long) change.after().stats().retrying()).isEqualTo(retrying(change))
      );

      assertThat(stats(end).retrying()).isZero();
    }
  }

  private static long retrying(Change change) {
    return change
      .all()
      .calls()
      .stream()
      .filter(call -> call.state() == CallState.IN_FLIGHT)
      .filter(call ->
        call
          .retries()
          .stream()
          .anyMatch(retry -> retry.epoch() == call.epoch())
      )
      .count();
  }

  private static long released(Change change) {
    return change
      .all()
      .calls()
      .stream()
      .filter(c -> c.state() == CallState.DISPATCHED || c.state() == CallState.IN_FLIGHT)
      .count();
  }

  private static void isNowhereNegative(CostParts parts) {
    assertThat(
      List.of(
        parts.succeededUsd(),
        parts.failedUsd(),
        parts.retriedUsd(),
        parts.orphanedUsd(),
        parts.lateUsd(),
        parts.replacedUsd()
      )
    ).allMatch(usd -> usd.nanos() >= 0);
  }

  private static List<RunStats> parts(RunView run) {
    return Stream.of(List.of(run.stats()), run.byPhase().values(), run.byModel().values())
      .flatMap(Collection::stream)
      .toList();
  }

  private static RunStats sum(Stream<RunStats> all) {
    return all.reduce(RunStats.NONE, RunStats::plus);
  }

  private static RunStats stats(RunProjection projection) {
    return Objects.requireNonNull(projection.run()).stats();
  }
}
