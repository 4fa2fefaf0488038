package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallEnded;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunId;
import dev.acm2.eventlog.RunLog.Entry;
import dev.acm2.gateway.Verification.Attempts;
import dev.acm2.gateway.Verification.Invariant;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.JudgedRun;
import dev.acm2.testkit.RandomRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCheckTest {

  private static final RunId RUN = Facts.runId(1);

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
  void shouldFindNothingWrongWithARightRun(long seed) {
    // given
    List<RecordedEvent> log = RandomRun.log(seed, RUN, 3);

    // when
    Verification result = check(log, Duration.ZERO, rows(log));

    // then
    assertThat(result.invariants())
      .extracting(Invariant::id)
      .containsExactly("I1", "I2", "I3", "I4", "I7", "I9");
    assertThat(result.invariants()).allSatisfy(invariant ->
      assertThat(invariant.ok()).as(invariant.detail()).isTrue()
    );
    assertThat(result.ok()).isTrue();
    assertThat(result.differences()).isEmpty();
    assertThat(result.attempts().stream().mapToInt(Attempts::attempts).sum()).isEqualTo(
      rows(log).run().stats().attempts()
    );
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3 })
  void shouldFindNothingWrongWithARunThatIsJudged(long seed) {
    // given
    List<RecordedEvent> log = JudgedRun.log(seed, RUN, 1);

    // then
    Verification result = check(log, Duration.ZERO, rows(log));
    assertThat(result.invariants()).allMatch(Invariant::ok);
  }

  @ParameterizedTest
  @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
  void shouldFindNothingWrongWithPhasesThatAreRunAnew(long seed) {
    // given
    List<RecordedEvent> log = JudgedRun.anewLog(seed, RUN, 1);

    // then
    Verification result = check(log, Duration.ZERO, rows(log));
    assertThat(result.invariants()).allSatisfy(invariant ->
      assertThat(invariant.ok()).as(invariant.detail()).isTrue()
    );
  }

  @Test
  void shouldNotAllowSuccessesToBeReplacedUnlessTheirPhaseIsRunAnew() {
    // given
    List<RecordedEvent> log = new ArrayList<>(JudgedRun.anewLog(1, RUN, 1));
    log.removeIf(event -> event.event() instanceof RunEvent.RunRetryRequested);

    // then
    assertThat(failed(check(log, Duration.ZERO, rows(log)))).contains("I4");
  }

  @Test
  void shouldFindNothingWrongWithDocumentsThatWereTakenOver() {
    // given
    List<RecordedEvent> log = new Story(RUN, 2)
      .takenOver(1)
      .takenOver(2)
      .finished(Outcome.COMPLETED)
      .log();

    // when
    Verification result = check(log, Duration.ZERO, rows(log));

    // then
    assertThat(result.ok()).isTrue();
    assertThat(rows(log).run().anomalies()).isZero();
    assertThat(result.attempts())
      .hasSize(2)
      .allMatch(each -> each.attempts() == 0 && each.told());
  }

  @Test
  void shouldNameWhatTheTablesHaveWrong() {
    // given
    List<RecordedEvent> log = RandomRun.log(1, RUN, 2);
    RunQueries.RunRows right = rows(log);
    List<CallView> calls = new ArrayList<>(right.calls());
    CallView missing = calls.removeFirst();
    RunQueries.RunRows older = rows(log.subList(0, log.size() / 2));
    CallView stale = older
      .calls()
      .stream()
      .filter(call -> !right.calls().contains(call) && !call.callId().equals(missing.callId()))
      .findFirst()
      .orElseThrow();
    calls.replaceAll(call -> call.callId().equals(stale.callId()) ? stale : call);

    // when
    Verification result = check(
      log,
      Duration.ZERO,
      new RunQueries.RunRows(right.run(), calls, 0, 0)
    );

    // then
    assertThat(failed(result)).containsExactly("I2");
    assertThat(result.differences()).contains("call " + missing.callId() + " is in the log only");
    assertThat(result.differences()).anySatisfy(d ->
      assertThat(d).contains("call " + stale.callId() + ": version is ")
    );
  }

  @Test
  void shouldFindEndsAfterTheDeadline() {
    // given a log that was appended two hours late
    List<RecordedEvent> log = RandomRun.log(1, RUN, 2);

    // then
    assertThat(failed(check(log, Duration.ofHours(2), rows(log)))).containsExactly("I3");
  }

  @Test
  void shouldFindACallThatIsUnderWayAfterItsDeadline() {
    // given a run cut off while calls were under way
    List<RecordedEvent> log = new ArrayList<>(RandomRun.log(1, RUN, 2));
    int lastStart = 0;
    for (int i = 0; i < log.size(); i++) {
      lastStart = log.get(i).event() instanceof CallStarted ? i : lastStart;
    }
    List<RecordedEvent> cut = log.subList(0, lastStart + 1);

    // then
    Verification result = check(cut, Duration.ofHours(2), rows(cut));
    assertThat(failed(result)).containsExactly("I3");
    assertThat(result.invariants().get(2).detail()).contains("has not ended");
  }

  @Test
  void shouldFindSecondStarts() {
    // given
    List<RecordedEvent> log = new ArrayList<>(RandomRun.log(1, RUN, 2));
    Facts facts = new Facts("other");
    RecordedEvent start = log
      .stream()
      .filter(e -> e.event() instanceof CallStarted)
      .findFirst()
      .orElseThrow();
    for (int i = 0; i < 500; i++) {
      facts.stamp(RUN, start.event());
    }
    log.add(log.indexOf(start) + 1, facts.stamp(RUN, start.event()));

    // then
    assertThat(failed(check(log, Duration.ZERO, rows(log)))).containsExactly("I4");
  }

  @Test
  void shouldNotTakeACopyOfAStartForASecondOne() {
    // given
    List<RecordedEvent> log = new ArrayList<>(RandomRun.log(1, RUN, 2));
    RecordedEvent start = log
      .stream()
      .filter(e -> e.event() instanceof CallStarted)
      .findFirst()
      .orElseThrow();
    log.add(log.indexOf(start) + 1, start);

    // then
    assertThat(check(log, Duration.ZERO, rows(log)).ok()).isTrue();
  }

  @Test
  void shouldFindCallsOfAnotherRun() {
    // given a call that was planned for another run, under the key of this one
    List<RecordedEvent> log = new ArrayList<>(RandomRun.log(1, RUN, 1));
    RecordedEvent foreign = RandomRun.log(2, Facts.runId(2), 1)
      .stream()
      .filter(event -> event.event() instanceof RunEvent.CallQueued)
      .findFirst()
      .orElseThrow();
    log.add(2, new RecordedEvent(RUN, foreign.meta(), foreign.event()));

    // then
    Verification result = check(log, Duration.ZERO, rows(log));
    assertThat(failed(result)).contains("I7");
  }

  @Test
  void shouldFindEventsOfCallsThatWereNeverQueued() {
    // given
    List<RecordedEvent> log = new ArrayList<>(RandomRun.log(1, RUN, 1));
    CallId callId = log
      .stream()
      .filter(event -> event.event() instanceof CallEnded)
      .map(event -> ((CallEnded) event.event()).callId())
      .findFirst()
      .orElseThrow();
    log.removeIf(
      event -> event.event() instanceof RunEvent.CallQueued queued && queued.callId().equals(callId)
    );

    // then
    assertThat(failed(check(log, Duration.ZERO, rows(log)))).contains("I1", "I7");
  }

  private static List<String> failed(Verification result) {
    assertThat(result.ok()).isFalse();
    return result
      .invariants()
      .stream()
      .filter(i -> !i.ok())
      .map(Invariant::id)
      .toList();
  }

  private static Verification check(
    List<RecordedEvent> log,
    Duration delay,
    RunQueries.RunRows rows
  ) {
    LogCheck check = new LogCheck(RUN, 1, 0);
    for (int i = 0; i < log.size(); i++) {
      check.accept(new Entry(i, log.get(i).meta().occurredAt().plus(delay), log.get(i)));
    }
    return check.compare(rows);
  }

  private static RunQueries.RunRows rows(List<RecordedEvent> log) {
    RunProjection projection = new RunProjection();
    for (int i = 0; i < log.size(); i++) {
      projection.apply(log.get(i), new AsOf(1, 0, i));
    }
    RunView run = projection.run();
    if (run == null) {
      throw new AssertionError("a run without its request");
    }
    return new RunQueries.RunRows(run, List.copyOf(projection.calls()), 0, 0);
  }
}
