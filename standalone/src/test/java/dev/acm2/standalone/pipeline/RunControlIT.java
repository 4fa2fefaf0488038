package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.projection.RunView.RunStatus;
import dev.acm2.providersimulator.Behaviour;
import dev.acm2.providersimulator.Fault;
import dev.acm2.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What people do to a run while it runs and after it: pause, resume, cancel a call, run again what
/// failed, change a lane, read the console.
class RunControlIT extends PipelineFixture {

  private static final String LANE = "/api/v1/lanes/openai";

  @AfterEach
  void resetTheLane() {
    assertThat(api.delete(LANE)).isEqualTo(202);
  }

  @Test
  void shouldStartNothingWhilePausedAndAllOfItAfterwards() {
    // given
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofSeconds(1), Behaviour.OK));
    RunId runId = api.submit(Submissions.run(10, 4, Map.of("concurrency", 8), GPT));
    api.await(runId, run -> run.stats().ok() >= 8);
    // when
    assertThat(api.post("/api/v1/runs/" + runId + "/pause", "")).isEqualTo(202);
    api.await(
      runId,
      run ->
        run.status() == RunStatus.PAUSED && run.stats().inFlight() == 0 && dispatched(runId) == 0
    );
    long whilePaused = simulator.ledger().count();
    RunView paused = api.run(runId);
    // then
    assertThat(paused.stats().queued()).isPositive();
    assertThat(api.post("/api/v1/runs/" + runId + "/resume", "")).isEqualTo(202);
    RunView run = api.awaitFinished(runId);
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(whilePaused).isEqualTo(paused.stats().attempts()).isLessThan(40);
    assertThat(simulator.ledger().count()).isEqualTo(40);
    assertVerified(runId);
  }

  @Test
  void shouldCancelOneCallAndLeaveTheOthers() {
    // given
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofMinutes(5), Behaviour.OK));
    RunId runId = api.submit(Submissions.run(2, 2, Map.of("concurrency", 4), GPT));
    api.await(runId, run -> run.stats().inFlight() == 4);
    CallView call = api.calls(runId).getFirst();
    // when
    int answer = api.post("/api/v1/runs/" + runId + "/calls/" + call.callId() + "/cancel", "");
    // then
    assertThat(answer).isEqualTo(202);
    RunView run = api.await(runId, view -> view.stats().cancelled() == 1);
    assertThat(run.stats().inFlight()).isEqualTo(3);
    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    api.cancel(runId);
    api.awaitFinished(runId);
    assertVerified(runId);
  }

  @Test
  void r17ShouldRunWhatFailedAgainAndKeepTheRest() {
    // given
    simulator.always("gpt-5.1", Fault.SERVER_ERROR);
    RunId runId = api.submit(Submissions.run(4, 2, Map.of("maxAttempts", 1), GPT, LLAMA));
    RunView failed = api.awaitFinished(runId);
    assertThat(failed.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
    assertThat(failed.stats().ok()).isEqualTo(8);
    Set<String> kept = succeeded(runId);
    simulator.clearScripts();
    // when
    assertThat(api.post("/api/v1/runs/" + runId + "/retry", "{}")).isEqualTo(202);
    RunView run = api.await(
      runId,
      view -> view.status() == RunStatus.FINISHED && view.outcome() == Outcome.COMPLETED
    );
    // then
    assertThat(run.stats().ok()).isEqualTo(16);
    assertThat(run.stats().balanced()).isTrue();
    assertThat(succeeded(runId)).containsAll(kept);
    assertThat(simulator.ledger().count()).as("nothing was paid twice").isEqualTo(24);
    assertThat(api.post("/api/v1/runs/" + runId + "/retry", "{}")).isEqualTo(409);
    assertVerified(runId);
  }

  @Test
  void shouldLetAChangedLaneTakeEffectAtOnce() {
    // given
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofSeconds(2), Behaviour.OK));
    assertThat(api.put(LANE, "{\"concurrency\":2}")).isEqualTo(202);
    RunId runId = api.submit(Submissions.run(8, 2, Map.of("concurrency", 16), GPT));
    api.await(runId, run -> run.stats().inFlight() == 2);
    // when
    assertThat(api.put(LANE, "{\"concurrency\":7}")).isEqualTo(202);
    // then
    api.await(runId, run -> run.stats().inFlight() == 7);
    Await.until(
      "the lane is shown",
      Duration.ofSeconds(20),
      () -> lane("openai").path("limits").path("concurrency").asInt() == 7
    );
    assertThat(api.json("/api/v1/workers").path("workers")).isNotEmpty();
    api.awaitFinished(runId);
    assertVerified(runId);
  }

  @Test
  void shouldTellWhatHappensOnTheConsole() {
    // given
    RunId runId = api.submit(Submissions.run(1, 1, Map.of(), GPT));
    api.awaitFinished(runId);
    // when
    Await.until("the lines are there", Duration.ofSeconds(30), () -> lines(runId).size() >= 2);
    // then
    assertThat(lines(runId)).anyMatch(line -> line.contains("attempt 1"));
  }

  @Test
  void shouldEstimateARunWithoutStartingIt() {
    JsonNode estimate = api.answer(
      "/api/v1/runs/estimate",
      Submissions.run(3, 2, Map.of("maxCostUsd", 5), GPT, LLAMA)
    );

    assertThat(estimate.path("calls").asInt()).isEqualTo(12);
    assertThat(estimate.path("maxUsd").asDouble()).isPositive();
    assertThat(estimate.path("withinBudget").asBoolean()).isTrue();
    assertThat(simulator.ledger().count()).isZero();
  }

  private long dispatched(RunId runId) {
    return api
      .calls(runId)
      .stream()
      .filter(call -> call.state() == CallState.DISPATCHED)
      .count();
  }

  private Set<String> succeeded(RunId runId) {
    return api
      .calls(runId)
      .stream()
      .filter(call -> call.state() == CallState.OK)
      .map(call -> call.callId().value())
      .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonNode lane(String name) {
    for (JsonNode lane : api.json("/api/v1/lanes").path("lanes")) {
      if (lane.path("lane").asString("").equals(name)) {
        return lane;
      }
    }
    throw new AssertionError("no lane " + name);
  }

  private List<String> lines(RunId runId) {
    return api
      .json("/api/v1/runs/" + runId + "/log?limit=100")
      .path("items")
      .valueStream()
      .map(line -> line.path("text").asString(""))
      .toList();
  }
}
