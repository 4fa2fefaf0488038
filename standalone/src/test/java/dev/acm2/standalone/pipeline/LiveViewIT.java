package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.projection.RunView;
import dev.acm2.standalone.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a client sees, whenever it comes and whatever is restarted.
class LiveViewIT extends PipelineFixture {

  @Test
  void r2ShouldCountGenerationLikeEveryPhase() {
    RunId runId = api.submit(Submissions.run(2, 3, Map.of(), GPT, LLAMA));
    RunView run = api.awaitFinished(runId);

    assertThat(run.stats().planned()).isEqualTo(12);
    assertThat(run.stats().ok()).isEqualTo(12);
    assertThat(run.byPhase()).containsOnlyKeys(Phase.GENERATION);
    assertThat(run.byPhase().get(Phase.GENERATION)).isEqualTo(run.stats());
    assertThat(run.byModel()).containsOnlyKeys(GPT, LLAMA);
    assertVerified(runId);
  }

  @Test
  void r6ShouldNeverShowOneRunInAnother() throws Exception {
    // given
    RunId first = api.submit(Submissions.run(25, 4, Map.of("concurrency", 10), GPT));
    RunId second = api.submit(Submissions.run(20, 5, Map.of("concurrency", 10), LLAMA));
    // when
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ofFirst = CompletableFuture.supplyAsync(() -> watch(first), threads);
      var ofSecond = CompletableFuture.supplyAsync(() -> watch(second), threads);
      // then
      assertOnly(first, ofFirst.get(2, TimeUnit.MINUTES));
      assertOnly(second, ofSecond.get(2, TimeUnit.MINUTES));
    }
    assertVerified(first);
    assertVerified(second);
    assertThat(callIds(first)).doesNotContainAnyElementsOf(callIds(second));
  }

  @Test
  void r8ShouldShowEverythingToWhoeverComesLate() {
    // given
    RunId runId = api.submit(Submissions.run(3, 3, Map.of(), GPT));
    RunView end = api.awaitFinished(runId);
    // when
    Api.Frame first = api.frames(runId, null, frame -> true).getFirst();
    // then
    assertThat(first.event()).isEqualTo("snapshot");
    assertThat(first.id()).isEqualTo(end.asOf().id());
    assertThat(first.data().get("calls")).hasSize(9);
    assertThat(first.data().get("run").get("stats").get("ok").asInt()).isEqualTo(9);
  }

  @Test
  void r8ShouldMissNothingHoweverEarlyTheClientIs() {
    // given
    RunId runId = api.submit(Submissions.run(4, 5, Map.of(), GPT));
    // when
    List<Api.Frame> frames = watch(runId);
    // then
    assertThat(frames.getFirst().event()).isEqualTo("snapshot");
    assertThat(lastRunOf(frames).get("stats").get("ok").asInt()).isEqualTo(20);
    assertThat(versions(frames)).isSorted();
    assertThat(statesSeenLast(frames))
      .hasSize(20)
      .allSatisfy((_, state) -> assertThat(state).isEqualTo("OK"));
  }

  @Test
  void r9ShouldKeepTheCountersOverRestartsOfGatewayAndProjector() {
    // given
    RunId runId = api.submit(Submissions.run(20, 5, Map.of("concurrency", 8), GPT));
    RunView before = api.await(runId, run -> run.stats().ok() >= 10);
    // when
    ACM2.stop(Service.GATEWAY);
    ACM2.stop(Service.PROJECTOR);
    ACM2.start(Service.PROJECTOR);
    ACM2.start(Service.GATEWAY);
    // then
    assertThat(api.run(runId).asOf().offset()).isGreaterThanOrEqualTo(before.asOf().offset());
    assertThat(api.awaitFinished(runId).stats().ok()).isEqualTo(100);
    assertVerified(runId);
  }

  private List<Api.Frame> watch(RunId runId) {
    return api.frames(runId, null, LiveViewIT::isTheEnd);
  }

  private static boolean isTheEnd(Api.Frame frame) {
    JsonNode run = frame.data().get("run");
    return run != null && !run.isNull() && run.get("status").asString().equals("FINISHED");
  }

  private void assertOnly(RunId runId, List<Api.Frame> frames) {
    for (Api.Frame frame : frames) {
      JsonNode run = frame.data().get("run");
      if (run != null && !run.isNull()) {
        assertThat(run.get("runId").asString()).isEqualTo(runId.toString());
      }
      frame
        .data()
        .get("calls")
        .forEach(call -> assertThat(call.get("runId").asString()).isEqualTo(runId.toString()));
    }
    assertThat(versions(frames)).isSorted();
    assertThat(lastRunOf(frames).get("stats").get("ok").asInt()).isEqualTo(100);
  }

  private static JsonNode lastRunOf(List<Api.Frame> frames) {
    return frames.getLast().data().get("run");
  }

  private static List<Long> versions(List<Api.Frame> frames) {
    return frames
      .stream()
      .map(frame -> frame.data().get("asOf").get("offset").asLong())
      .toList();
  }

  private static Map<String, String> statesSeenLast(List<Api.Frame> frames) {
    return frames
      .stream()
      .flatMap(frame -> frame.data().get("calls").valueStream())
      .collect(
        Collectors.toMap(
          call -> call.get("callId").asString(),
          call -> call.get("state").asString(),
          (older, newer) -> newer
        )
      );
  }
}
