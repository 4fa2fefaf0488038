package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.Behaviour;
import dev.acm2.providersimulator.Fault;
import dev.acm2.providersimulator.LedgerEntry;
import dev.acm2.providersimulator.ProviderSimulator;
import dev.acm2.providersimulator.SimulatorOptions;
import dev.acm2.standalone.Service;
import dev.acm2.standalone.Standalone;
import dev.acm2.standalone.StandaloneOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The root causes of old, each played through the whole pipeline.
@TestInstance(Lifecycle.PER_CLASS)
class PipelineIT {

  private static final String GPT = "openai:gpt-5.1";
  private static final String LLAMA = "openai-compatible:llama-3.3-70b";
  private static final Duration ANSWER_TIME = Duration.ofMillis(200);

  private Standalone acm2;
  private ProviderSimulator simulator;
  private Api api;

  @BeforeAll
  void startEverything(@TempDir Path folder) {
    SimulatorOptions options = SimulatorOptions.defaults().withLatency(ANSWER_TIME);
    acm2 = Standalone.start(StandaloneOptions.in(folder).withSimulator(options));
    simulator = Objects.requireNonNull(acm2.simulator());
    api = new Api(acm2.gatewayUrl());
  }

  @AfterAll
  void stopEverything() {
    acm2.close();
  }

  @BeforeEach
  void givenAProviderThatWorks() {
    simulator.clearScripts();
    simulator.ledger().clear();
  }

  @Test
  void r1ShouldAcceptAShortAnswerAtTheFirstAttempt() {
    // given
    String short381 = "x".repeat(381);
    simulator.always("gpt-5.1", Behaviour.answer(short381));
    // when
    RunId runId = api.submit(Submissions.run(5, 4, Map.of(), GPT));
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(run.stats().attempts()).isEqualTo(20).isEqualTo(simulator.ledger().count());
    CallView call = api.calls(runId).getFirst();
    assertThat(outputOf(call)).isEqualTo(short381);
  }

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
    acm2.stop(Service.GATEWAY);
    acm2.stop(Service.PROJECTOR);
    acm2.start(Service.PROJECTOR);
    acm2.start(Service.GATEWAY);
    // then
    assertThat(api.run(runId).asOf().offset()).isGreaterThanOrEqualTo(before.asOf().offset());
    assertThat(api.awaitFinished(runId).stats().ok()).isEqualTo(100);
    assertVerified(runId);
  }

  @Test
  void r10ShouldEndACallAtItsTotalDeadline() {
    // given
    simulator.always("gpt-5.1", Fault.HANG_BEFORE_HEADERS);
    Map<String, ?> limits = Map.of(
      "callDeadline",
      "PT4S",
      "attemptTimeout",
      "PT4S",
      "maxAttempts",
      3
    );
    // when
    RunId runId = api.submit(Submissions.run(1, 1, limits, GPT));
    RunView run = api.awaitFinished(runId);
    // then
    CallView call = api.calls(runId).getFirst();
    assertThat(call.state()).isEqualTo(CallState.TIMED_OUT);
    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(overshoot(call)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    assertThat(simulator.ledger().count()).isEqualTo(1);
    assertThat(call.artifacts()).as("a hung call leaves its request").isNotEmpty();
  }

  @Test
  void r11ShouldShowEveryRetry() {
    // given
    simulator.script("gpt-5.1", Fault.OVERLOADED, Fault.OVERLOADED, Behaviour.OK);
    // when
    RunId runId = api.submit(Submissions.run(1, 1, Map.of(), GPT));
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.stats().retries()).isEqualTo(2);
    assertThat(run.stats().ok()).isEqualTo(1);
    assertThat(run.stats().failed()).isZero();
    CallView call = api.calls(runId).getFirst();
    assertThat(call.retries())
      .extracting(CallView.Retry::attempt, CallView.Retry::cause, CallView.Retry::httpStatus)
      .containsExactly(
        org.assertj.core.groups.Tuple.tuple(2, FailureKind.OVERLOADED, 503),
        org.assertj.core.groups.Tuple.tuple(3, FailureKind.OVERLOADED, 503)
      );
    assertThat(simulator.ledger().count()).isEqualTo(3);
  }

  @Test
  void r12ShouldCutABodyThatNeverEnds() {
    // given
    simulator.always("gpt-5.1", Fault.TRICKLE);
    simulator.always("llama-3.3-70b", Fault.HANG_MID_BODY);
    Map<String, ?> limits = Map.of(
      "callDeadline",
      "PT3S",
      "attemptTimeout",
      "PT3S",
      "maxAttempts",
      1
    );
    // when
    RunId runId = api.submit(Submissions.run(2, 1, limits, GPT, LLAMA));
    api.awaitFinished(runId);
    // then
    assertThat(api.calls(runId))
      .hasSize(4)
      .allSatisfy(call -> {
        assertThat(call.state()).isEqualTo(CallState.TIMED_OUT);
        assertThat(overshoot(call)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
      });
    assertVerified(runId);
  }

  @Test
  void r13ShouldDemoteTheErrorOfACallThatRecoveredAndKeepTheOther() {
    // given
    simulator.script("gpt-5.1", Fault.SERVER_ERROR, Behaviour.OK);
    simulator.always("llama-3.3-70b", Behaviour.status(400));
    // when
    RunId runId = api.submit(Submissions.run(1, 1, Map.of(), GPT, LLAMA));
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(errorOf(runId, GPT).active()).isFalse();
    assertThat(errorOf(runId, LLAMA).active()).isTrue();
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED_WITH_ERRORS);
  }

  @Test
  void r16ShouldNeverTakeAnEmptyAnswerForADocument() {
    simulator.always("gpt-5.1", Fault.EMPTY_200);
    RunId runId = api.submit(Submissions.run(1, 1, Map.of("maxAttempts", 2), GPT));
    RunView run = api.awaitFinished(runId);

    assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    CallView call = api.calls(runId).getFirst();
    assertThat(Objects.requireNonNull(call.lastError()).kind()).isEqualTo("EMPTY_OUTPUT");
    assertThat(call.artifacts()).noneMatch(artifact -> artifact.role().name().equals("OUTPUT"));
  }

  @Test
  void r18ShouldEndEverythingWithinSecondsOfACancel() {
    // given
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofMinutes(5), Behaviour.OK));
    RunId runId = api.submit(Submissions.run(10, 4, Map.of("concurrency", 10), GPT));
    api.await(runId, run -> run.stats().inFlight() == 10);
    // when
    assertThat(api.cancel(runId)).isEqualTo(202);
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.stats().cancelled()).isEqualTo(10);
    assertThat(run.stats().skipped()).isEqualTo(30);
    assertThat(simulator.ledger().count()).isEqualTo(10);
    assertThat(api.cancel(runId)).as("cancel of a finished run").isEqualTo(409);
    assertVerified(runId);
  }

  @Test
  void shouldStopAtTheLimitOfPaidCallsToTheCall() {
    // given
    simulator.always("gpt-5.1", Fault.SERVER_ERROR);
    Map<String, ?> limits = Map.of("maxPaidCalls", 7, "maxAttempts", 3, "concurrency", 20);
    // when
    RunId runId = api.submit(Submissions.run(5, 4, limits, GPT));
    RunView run = api.awaitFinished(runId);
    // then
    assertThat(run.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(simulator.ledger().count()).isEqualTo(7);
    assertThat(run.stats().attempts()).isEqualTo(7);
  }

  @Test
  void shouldTakeADoubleClickForOneRun() {
    Map<String, Object> submission = Submissions.run(1, 1, Map.of(), GPT);

    RunId first = api.submit(submission, "one-click");
    RunId second = api.submit(submission, "one-click");

    assertThat(second).isEqualTo(first);
    api.awaitFinished(first);
    assertThat(simulator.ledger().count()).isEqualTo(1);
  }

  @Test
  void shouldSendInstructionsThenDocument() {
    RunId runId = api.submit(Submissions.run(1, 1, Map.of(), GPT));
    api.awaitFinished(runId);

    String request = artifact(api.calls(runId).getFirst(), "REQUEST");
    assertThat(request).containsSubsequence("Summarise the order", "The text of order 1");
  }

  private CallView.LastError errorOf(RunId runId, String model) {
    CallView call = api
      .calls(runId)
      .stream()
      .filter(each -> model.equals(String.valueOf(each.model())))
      .findFirst()
      .orElseThrow();
    return Objects.requireNonNull(call.lastError());
  }

  private List<Api.Frame> watch(RunId runId) {
    return api.frames(runId, null, PipelineIT::isTheEnd);
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

  private Set<String> callIds(RunId runId) {
    return api
      .calls(runId)
      .stream()
      .map(call -> call.callId().value())
      .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertVerified(RunId runId) {
    Ledgers.assertVerified(api, runId, entries(runId));
  }

  private List<LedgerEntry> entries(RunId runId) {
    Set<String> calls = callIds(runId);
    return simulator
      .ledger()
      .entries()
      .stream()
      .filter(entry -> calls.contains(Ledgers.callIdOf(entry)))
      .toList();
  }

  private static Duration overshoot(CallView call) {
    return Duration.between(
      Objects.requireNonNull(call.deadlineAt()),
      Objects.requireNonNull(call.enforcedAt())
    );
  }

  private String outputOf(CallView call) {
    return artifact(call, "OUTPUT");
  }

  private String artifact(CallView call, String role) {
    String sha256 = call
      .artifacts()
      .stream()
      .filter(artifact -> artifact.role().name().equals(role))
      .findFirst()
      .orElseThrow()
      .ref()
      .sha256();
    return api.artifact(sha256);
  }
}
