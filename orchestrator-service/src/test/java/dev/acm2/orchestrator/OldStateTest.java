package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.RunRetryRequested;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.orchestrator.RunState.ReadyCall;
import dev.acm2.orchestrator.RunState.ReadyPlace;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// State and commands that a build wrote which knew less.
class OldStateTest {

  private static final CallId CALL = CallId.parse("0123456789abcdef0123456789abcdef");
  private static final Instant DUE = Instant.parse("2026-01-01T01:00:00Z");

  @Test
  void shouldReadALaneThatNothingHeldBack() {
    Lane lane = ContractJson.EVENTS.readValue(
      """
      {"inFlight":1,"sent":7,"clocks":{"NORMAL":2520000000},"runs":[]}""",
      Lane.class
    );

    assertThat(lane.pace()).isEqualTo(Throttle.OPEN);
    assertThat(lane.hasRoom(new LaneLimits(2, 5, null, true))).isTrue();
  }

  @Test
  void shouldReadARunWithoutModels() {
    RunProgress run = ContractJson.EVENTS.readValue(
      """
      {"total":9,"queued":9,"taken":3,"active":2,"skipping":0,"ok":1,"notOk":0,"exhausted":false,
       "used":{"attempts":1,"costUsd":0},"reserved":{"attempts":6,"costUsd":0},
       "deadlineAt":"2026-01-01T01:00:00Z"}""",
      RunProgress.class
    );

    assertThat(run.knownModels()).isEmpty();
    assertThat(run.dueAt()).isEqualTo(DUE);
  }

  @Test
  void shouldRunAPhaseAnewAboveWhateverEpochAnOlderBuildHadComeTo() {
    RunPlan plan = new RunPlan(
      Facts.runId(1),
      EvaluatedSpecs.of(1, 1, 1, 1, 0, RunSpec.Order.BOTH, 0, false)
    );
    RunProgress finished = ContractJson.EVENTS.readValue(
      """
      {"total":6,"queued":3,"taken":3,"active":0,"skipping":0,"ok":6,"notOk":0,"exhausted":false,
       "used":{"attempts":6,"costUsd":0},"reserved":{"attempts":0,"costUsd":0},
       "deadlineAt":"2026-01-01T01:00:00Z","outcome":"COMPLETED"}""",
      RunProgress.class
    );
    RunDraft run = new RunDraft(
      new RunState(Facts.runId(1), plan, finished, new NoCalls(), _ -> null)
    );

    Retrying.request(run, new RunRetryRequested(null, null, null, DUE, "again", Phase.SINGLE_EVAL));

    assertThat(run.firstEpoch(plan.total() - 1)).isGreaterThan(1000);
    assertThat(run.firstEpoch(0)).isEqualTo(1);
  }

  @Test
  void shouldReadACallWithoutALaneAsOneOfItsProvider() {
    RunPlan plan = new RunPlan(Facts.runId(1), Specs.run(1, 1, "openai:gpt-5-mini"));
    String json = """
    {"callId":"%s","index":0,"epoch":1,"status":"STARTED","granted":3,
     "reserved":{"attempts":3,"costUsd":0},"attempt":1,"workerId":"w"}""".formatted(
      plan.call(0).callId()
    );

    CallProgress call = ContractJson.EVENTS.readValue(json, CallProgress.class);

    RunProgress progress = RunProgress.requested(1, DUE);
    RunDraft run = new RunDraft(
      new RunState(Facts.runId(1), plan, progress, new NoCalls(), _ -> null)
    );
    assertThat(run.laneOf(call)).isEqualTo("openai");
  }

  @Test
  void shouldReadAFreeThatDoesNotTellOfSuccess() {
    RunPlan plan = new RunPlan(Facts.runId(1), Specs.run(1, 1, "openai:gpt-5-mini"));
    String json = """
    {"command":"free","runId":"%s","callId":"%s","epoch":1}""".formatted(
      Facts.runId(1),
      plan.call(0).callId()
    );

    assertThat(ContractJson.EVENTS.readValue(json, LaneCommand.class)).isEqualTo(
      new LaneCommand.Free(Facts.runId(1), plan.call(0).callId(), 1, null)
    );
  }

  @Test
  void shouldWriteAndReadAllThatHoldsALaneBack() {
    LaneScript lane = new LaneScript(new LaneLimits(4, 10, null, true)).enqueue(1, 9);
    lane.end(true).retry(2_000).block(7_000);

    byte[] json = ContractJson.EVENTS.writeValueAsBytes(lane.lane);

    assertThat(lane.lane.throttle()).isNotNull();
    assertThat(ContractJson.EVENTS.readValue(json, Lane.class)).isEqualTo(lane.lane);
  }

  @Test
  void shouldWriteAndReadTheModelsOfARun() {
    Breaker breaker = Breaker.FRESH.failed(
      new RunPlan(Facts.runId(1), Specs.run(1, 1, "openai:gpt-5-mini")).call(0).callId(),
      "NETWORK",
      DUE,
      new BreakerRules(1, java.time.Duration.ofSeconds(30), 3)
    );
    RunProgress empty = RunProgress.requested(9, DUE);
    RunProgress run = new RunProgress(
      9,
      9,
      3,
      0,
      0,
      0,
      0,
      false,
      empty.used(),
      empty.reserved(),
      DUE,
      null,
      null,
      Map.of(
        "openai:gpt-5-mini",
        new ModelProgress(2, 1, breaker, null, 3, new ModelProgress.Line(4, 7, 2), null).moreEnded(
          new Usd(17)
        )
      ),
      List.of("openai"),
      new RaisedLimits(7, null),
      1,
      new RunProgress.Reopening(500, CALL, 2),
      4,
      List.of(
        new Opening.Ready(new PhaseLayout.Span(10, 3)),
        new Opening.Vain(new PhaseLayout.Span(13, 1), "no document"),
        new Opening.Settled(new PhaseLayout.Span(14, 1)),
        new Opening.Again(new PhaseLayout.Span(15, 2))
      ),
      3,
      Map.of(Phase.PAIRWISE, 3),
      new RunProgress.Pass(Phase.PAIRWISE, 1),
      true,
      false
    );

    byte[] json = ContractJson.EVENTS.writeValueAsBytes(run);

    assertThat(ContractJson.EVENTS.readValue(json, RunProgress.class)).isEqualTo(run);
  }

  @Test
  void shouldReadAModelThatNothingIsKnownOfButItsBreaker() {
    ModelProgress model = ContractJson.EVENTS.readValue(
      """
      {"passedOver":2,"underWay":1,"breaker":{"status":"CLOSED","proven":true,"failures":0,
       "failedProbes":0}}""",
      ModelProgress.class
    );

    assertThat(model.ready()).isEqualTo(ModelProgress.Line.EMPTY);
    assertThat(model.takenOutOfTurn()).isZero();
    assertThat(model.averageCost()).isNull();
  }

  @Test
  void shouldReadACallOfALaterEpochAsOneThatWasSentAgain() {
    String json = """
    {"callId":"%s","index":0,"epoch":%d,"status":"STARTED","granted":3,
     "reserved":{"attempts":3,"costUsd":0},"attempt":1,"workerId":"w"}""";

    assertThat(call(json.formatted(CALL, 1)).wasSentAgain()).isFalse();
    assertThat(call(json.formatted(CALL, 2)).wasSentAgain()).isTrue();
  }

  @Test
  void shouldReadARunOfALaneAsOneThatIsNotHeld() {
    Lane lane = ContractJson.EVENTS.readValue(
      """
      {"inFlight":0,"sent":7,"clocks":{},"runs":[{"runId":"%s","priority":"NORMAL","weight":1,
       "pass":0,"head":0,"tail":1,"inFlight":0}]}""".formatted(Facts.runId(1)),
      Lane.class
    );

    assertThat(lane.next()).isPresent();
  }

  private static CallProgress call(String json) {
    return ContractJson.EVENTS.readValue(json, CallProgress.class);
  }

  private static final class NoCalls implements RunState.Calls {

    @Override
    public @Nullable CallProgress find(CallId callId) {
      return null;
    }

    @Override
    public List<CallProgress> live() {
      return List.of();
    }

    @Override
    public List<CallProgress> ended(int from, int most) {
      return List.of();
    }

    @Override
    public @Nullable ReadyCall ready(ReadyPlace place) {
      return null;
    }
  }
}
