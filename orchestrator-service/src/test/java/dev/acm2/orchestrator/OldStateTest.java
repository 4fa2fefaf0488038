package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// State and commands that a build wrote which knew less.
class OldStateTest {

  private static final Instant DUE = Instant.parse("2026-01-01T01:00:00Z");

  @Test
  void shouldReadALaneThatNothingHeldBack() {
    Lane lane = ContractJson.EVENTS.readValue(
      """
      {"inFlight":1,"sent":7,"clocks":{"NORMAL":2520000000},"runs":[]}""",
      Lane.class
    );

    assertThat(lane.pace()).isEqualTo(Throttle.OPEN);
    assertThat(lane.hasRoom(new LaneLimits(2, 5, true))).isTrue();
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
  void shouldReadACallWithoutALaneAsOneOfItsProvider() {
    RunPlan plan = new RunPlan(Facts.runId(1), Specs.run(1, 1, "openai:gpt-5-mini"));
    String json = """
    {"callId":"%s","index":0,"epoch":1,"status":"STARTED","granted":3,
     "reserved":{"attempts":3,"costUsd":0},"attempt":1,"workerId":"w"}""".formatted(
      plan.call(0).callId()
    );

    CallProgress call = ContractJson.EVENTS.readValue(json, CallProgress.class);

    RunProgress progress = RunProgress.requested(1, DUE);
    RunDraft run = new RunDraft(new RunState(Facts.runId(1), plan, progress, new NoCalls()));
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
    LaneScript lane = new LaneScript(new LaneLimits(4, 10, true)).enqueue(1, 9);
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
      Map.of("openai:gpt-5-mini", new ModelProgress(2, 1, breaker, null))
    );

    byte[] json = ContractJson.EVENTS.writeValueAsBytes(run);

    assertThat(ContractJson.EVENTS.readValue(json, RunProgress.class)).isEqualTo(run);
  }

  private static final class NoCalls implements RunState.Calls {

    @Override
    public @org.jspecify.annotations.Nullable CallProgress find(dev.acm2.contract.CallId callId) {
      return null;
    }

    @Override
    public java.util.List<CallProgress> all() {
      return java.util.List.of();
    }
  }
}
