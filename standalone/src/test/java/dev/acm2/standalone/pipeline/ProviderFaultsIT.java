package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Usd;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.Behaviour;
import dev.acm2.providersimulator.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What providers do, and what becomes of it.
class ProviderFaultsIT extends PipelineFixture {

  private static final String OPENROUTER_FREE = "openrouter:meta-llama/llama-3.3-70b-instruct:free";

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
  void shouldSpeakTheProtocolOfEveryProvider() {
    RunId runId = api.submit(
      Submissions.run(
        2,
        1,
        Map.of(),
        GPT,
        LLAMA,
        "google:gemini-2.5-flash",
        "anthropic:claude-haiku-4-5",
        OPENROUTER_FREE
      )
    );
    RunView run = api.awaitFinished(runId);

    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(run.byModel()).allSatisfy((_, stats) -> assertThat(stats.ok()).isEqualTo(2));
    assertThat(costOf(run, "google:gemini-2.5-flash")).isGreaterThan(Usd.ZERO);
    assertThat(costOf(run, OPENROUTER_FREE)).isEqualTo(Usd.ZERO);
    assertVerified(runId);
  }

  @Test
  void shouldSendInstructionsThenDocument() {
    RunId runId = api.submit(Submissions.run(1, 1, Map.of(), GPT));
    api.awaitFinished(runId);

    String request = artifact(api.calls(runId).getFirst(), "REQUEST");
    assertThat(request).containsSubsequence("Summarise the order", "The text of order 1");
  }

  private static Usd costOf(RunView run, String model) {
    return Objects.requireNonNull(run.byModel().get(model)).costUsd();
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
