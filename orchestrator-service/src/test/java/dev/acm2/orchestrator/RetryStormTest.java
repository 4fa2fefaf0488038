package dev.acm2.orchestrator;

import static dev.acm2.orchestrator.CallFacts.garbage;
import static dev.acm2.orchestrator.CallFacts.spend;
import static dev.acm2.orchestrator.CallFacts.started;
import static dev.acm2.orchestrator.CallFacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallQueued;
import dev.acm2.contract.RunEvent.CallSkipped;
import dev.acm2.contract.RunEvent.CallStarted;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryStormTest {

  private static final String GOOD = "openai:gpt-5-mini";
  private static final String BAD = "openai-compatible:llama";
  private static final ModelId BAD_MODEL = ModelId.parse(BAD);

  private final Set<CallId> done = new HashSet<>();

  /// 2,016 calls to a model that only ever gives garbage, one attempt each: 10 in a row, and 3 that try
  /// again, whatever the concurrency.
  @ParameterizedTest
  @ValueSource(ints = { 1, 7, 20, 500 })
  void shouldSendNoMoreThanThirteenCallsToAModelThatAlwaysAnswersGarbage(int concurrency) {
    RunBench bench = requested(Specs.run(2016, 1, LimitsOf.attempts(1, concurrency), BAD));

    play(bench, call -> garbage(call, spend(1, "0")));

    assertThat(bench.logged(CallStarted.class)).hasSize(13);
    assertThat(bench.progress().used().attempts()).isEqualTo(13);
    assertThat(bench.logged(CallSkipped.class))
      .hasSize(2016 - 13)
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.MODEL_FAILING)
      .allMatch(skip ->
        skip
          .message()
          .equals(
            "gave up openai-compatible:llama: INVALID_OUTPUT, 10 calls in a row and 3 probes " +
              "failed; 2003 calls saved"
          )
      );
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
  }

  /// A judge that always answers garbage is asked again once by each call: 10 paid requests, and no more
  /// but for the three probes.
  @ParameterizedTest
  @ValueSource(ints = { 1, 7, 20, 500 })
  void shouldStopAtTenPaidRequestsWhenGarbageIsAskedForAgain(int concurrency) {
    RunBench bench = requested(Specs.run(2016, 1, LimitsOf.attempts(3, concurrency), BAD));

    play(bench, call -> {
      bench.given(CallFacts.retried(call, 2, FailureKind.INVALID_OUTPUT, Duration.ZERO));
      return garbage(call, spend(2, "0.001"));
    });

    int calls = bench.logged(CallStarted.class).size();
    assertThat(calls)
      .as("5 calls, and 3 probes")
      .isEqualTo(5 + 3);
    assertThat(bench.progress().used().attempts()).isEqualTo(10 + 3 * 2);
    assertThat(bench.outcome()).isEqualTo(Outcome.FAILED);
  }

  /// With n attempts a call, the bound is (10 + 3) * n paid attempts.
  @Test
  void shouldBoundThePaidAttemptsWhenCallsAreRetried() {
    RunBench bench = requested(Specs.run(2016, 1, LimitsOf.attempts(3, 20), BAD));

    play(bench, call -> garbage(call, spend(3, "0")));

    assertThat(bench.progress().used().attempts()).isEqualTo((10 + 3) * 3);
  }

  /// Calls that are under way when a model that was good turns bad are not called back.
  @Test
  void shouldBoundTheCallsToAModelThatTurnsBad() {
    int concurrency = 20;
    RunBench bench = requested(Specs.run(500, 1, LimitsOf.attempts(1, concurrency), BAD));
    LaneCommand.Enqueue first = bench.released(0);
    bench.given(started(first, bench.now), succeeded(first, spend(1, "0")));
    done.add(first.callId());

    play(bench, call -> garbage(call, spend(1, "0")));

    assertThat(bench.logged(CallStarted.class).size() - 1)
      .isGreaterThanOrEqualTo(13)
      .isLessThanOrEqualTo(10 + 3 + concurrency - 1);
    assertThat(bench.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
  }

  @Test
  void shouldGoOnWithTheOtherModels() {
    RunBench bench = requested(Specs.run(100, 1, LimitsOf.attempts(1, 20), GOOD, BAD));

    play(bench, call ->
      call.model().equals(BAD_MODEL)
        ? garbage(call, spend(1, "0"))
        : succeeded(call, spend(1, "0.0001"))
    );

    assertThat(bench.logged(CallSucceeded.class)).hasSize(100);
    assertThat(bench.logged(CallSkipped.class))
      .hasSize(87)
      .allMatch(skip -> skip.model().equals(BAD_MODEL));
  }

  @Test
  void shouldReleaseNothingButOneProbeForThirtySecondsLater() {
    RunBench bench = requested(Specs.run(100, 1, LimitsOf.attempts(1, 20), BAD));
    endAll(bench, call -> garbage(call, spend(1, "0")));
    assertThat(done).hasSize(10);

    bench.after(Duration.ofSeconds(50)).sweep(bench.now).readAll();

    assertThat(bench.told(LaneCommand.Enqueue.class)).hasSize(11);
    assertThat(bench.released(10).notBefore()).isEqualTo(Facts.START.plusSeconds(30));
  }

  @Test
  void shouldSendEveryCallWhenAProbeSucceeds() {
    RunBench bench = requested(Specs.run(100, 1, LimitsOf.attempts(1, 20), GOOD, BAD));
    Set<CallId> bad = new HashSet<>();

    play(bench, call -> {
      boolean fails = call.model().equals(BAD_MODEL) && bad.size() < 11;
      if (fails) {
        bad.add(call.callId());
        return garbage(call, spend(1, "0"));
      }
      return succeeded(call, spend(1, "0.0001"));
    });

    assertThat(bad).hasSize(11);
    assertThat(bench.logged(CallSucceeded.class)).hasSize(189);
    assertThat(bench.logged(CallSkipped.class)).isEmpty();
    assertThat(bench.told(LaneCommand.Enqueue.class).stream().map(LaneCommand.Enqueue::callId))
      .hasSize(200)
      .doesNotHaveDuplicates();
  }

  @Test
  void shouldSkipNoCallBeforeItWasAnnouncedAndAnnounceNoneTwice() {
    RunBench bench = requested(Specs.run(1200, 1, LimitsOf.attempts(1, 20), BAD));

    play(bench, call -> garbage(call, spend(1, "0")));

    Set<CallId> queued = new HashSet<>();
    for (RunBench.Entry entry : bench.log) {
      if (entry.event() instanceof CallQueued event) {
        assertThat(queued.add(event.callId())).isTrue();
      } else if (entry.event() instanceof CallSkipped event) {
        assertThat(queued).contains(event.callId());
      }
    }
  }

  @Test
  void shouldSkipTheCallsItPassedOverWhenTheRunIsCancelled() {
    RunBench bench = requested(Specs.run(100, 1, LimitsOf.attempts(1, 20), GOOD, BAD));
    endAll(bench, call ->
      call.model().equals(BAD_MODEL)
        ? garbage(call, spend(1, "0"))
        : succeeded(call, spend(1, "0.0001"))
    );

    bench.given(new RunCancelRequested("enough"));

    assertThat(bench.logged(CallSkipped.class))
      .hasSize(90)
      .allMatch(skip -> skip.reason() == CallSkipped.Reason.RUN_CANCELLED);
    assertThat(bench.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  /// 13 calls that cost 0.0026 together, or 0.0002 each.
  @Test
  void shouldSayWhatACallOfAModelThatWasGivenUpWouldHaveCost() {
    RunBench bench = requested(Specs.run(20, 1, LimitsOf.attempts(1, 20), BAD));

    play(bench, call ->
      garbage(call, spend(1, call.callId().equals(first(bench)) ? "0.0014" : "0.0001"))
    );

    assertThat(bench.logged(CallSkipped.class))
      .hasSize(7)
      .allMatch(skip -> Usd.of("0.0002").equals(skip.saved()));
  }

  private static CallId first(RunBench bench) {
    return bench.plan.call(0).callId();
  }

  @Test
  void shouldKeepOfItsModelsWhatTheyHaveCostAsLongAsCallsMayBeRunAgain() {
    RunBench bench = requested(Specs.run(20, 1, LimitsOf.attempts(1, 20), BAD));

    play(bench, call -> garbage(call, spend(1, "0.0001")));

    ModelProgress model = java.util.Objects.requireNonNull(bench.progress().knownModels().get(BAD));
    assertThat(model.ended()).isEqualTo(new ModelProgress.Ended(13, Usd.of("0.0013")));
    assertThat(model.breaker()).isEqualTo(Breaker.FRESH);
    assertThat(RunBench.replay(bench).progress()).isEqualTo(bench.progress());
  }

  @Test
  void shouldKeepNothingOfItsModelsWhenEveryCallSucceeded() {
    RunBench bench = requested(Specs.run(20, 1, LimitsOf.attempts(1, 20), GOOD));

    play(bench, call -> succeeded(call, spend(1, "0.0001")));

    assertThat(bench.progress().models()).isNull();
  }

  private static RunBench requested(RunSpec spec) {
    RunBench bench = new RunBench(Facts.runId(1), spec);
    bench.append(bench.request());
    return bench.readAll();
  }

  /// Answers everything, and lets time pass when nothing is left to answer.
  private void play(RunBench bench, Function<LaneCommand.Enqueue, RunEvent> answer) {
    int pauses = 0;
    while (bench.outcome() == null) {
      assertThat(pauses).as("pauses of half a minute").isLessThan(20);
      endAll(bench, answer);
      bench.after(Duration.ofSeconds(30)).sweep(bench.now).readAll();
      pauses++;
    }
  }

  private void endAll(RunBench bench, Function<LaneCommand.Enqueue, RunEvent> answer) {
    List<LaneCommand.Enqueue> open = open(bench);
    while (!open.isEmpty()) {
      for (LaneCommand.Enqueue call : open) {
        bench.given(started(call, bench.now));
      }
      for (LaneCommand.Enqueue call : open) {
        done.add(call.callId());
        bench.given(answer.apply(call));
      }
      open = open(bench);
    }
  }

  private List<LaneCommand.Enqueue> open(RunBench bench) {
    return bench
      .told(LaneCommand.Enqueue.class)
      .stream()
      .filter(call -> !done.contains(call.callId()) && !call.isEarly(bench.now))
      .toList();
  }
}
