package dev.acm2.worker.call;

import static dev.acm2.worker.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallArtifact.Role;
import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.CallResult.Preference;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.CallResult.Scores;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.Judging;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent.CallFailed;
import dev.acm2.contract.RunEvent.CallSucceeded;
import dev.acm2.contract.Spend;
import dev.acm2.contract.Usage;
import dev.acm2.contract.Usd;
import dev.acm2.contract.WorkItem;
import dev.acm2.worker.Answers;
import dev.acm2.worker.Judges;
import dev.acm2.worker.ScriptedServer.Behaviour;
import dev.acm2.worker.WorkItems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Whole calls of judges.
class JudgeCallTest extends HttpCallFixture {

  private static final CallId FIRST = CallId.parse("a".repeat(32));
  private static final CallId SECOND = CallId.parse("b".repeat(32));
  private static final String GARBAGE = "I like it a lot.";

  /// R1: a minimum of 3 KB refused this and wasted 2,016 calls.
  @Test
  @DisplayName("a judge that answers 381 bytes of valid JSON is accepted at the first attempt")
  void shouldAcceptAJudgeThatAnswers381BytesAtTheFirstAttempt() {
    int without = Judges.scores(4, "").getBytes(StandardCharsets.UTF_8).length;
    String verdict = Judges.scores(4, "x".repeat(381 - without));
    assertThat(verdict.getBytes(StandardCharsets.UTF_8)).hasSize(381);
    given(answer(verdict));
    CallSucceeded end = succeeded(scoring(Phase.SINGLE_EVAL));
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(scores(end)).extracting(Score::score).containsExactly(4, 5);
    assertThat(worker.sink.retries()).isEmpty();
    assertThat(end.artifacts())
      .extracting(each -> each.role())
      .containsExactly(Role.REQUEST, Role.RESPONSE);
  }

  @Test
  void shouldAcceptTheShortestVerdictThereIs() {
    given(answer("{\"reason\":\".\",\"winner\":\"A\"}"));
    CallSucceeded end = succeeded(comparison(Phase.PAIRWISE, false));
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(end.result()).isEqualTo(new Preference(FIRST, "."));
  }

  @Test
  void shouldFailAfterTwoAttemptsWhenAJudgeAnswersGarbage() {
    given(answer(GARBAGE));
    WorkItem item = judge(Phase.SINGLE_EVAL, "x", 9, "The document.");
    CallFailed end = failed(item);
    assertThat(end.kind()).isEqualTo(FailureKind.INVALID_OUTPUT);
    assertThat(end.attempt()).isEqualTo(2);
    assertThat(end.httpStatus()).isEqualTo(200);
    assertThat(server.requests()).hasSize(2);
    // and: both answers were paid for
    assertThat(end.spend()).isEqualTo(new Spend(2, new Usage(200, 40, 0, 0), Usd.of("0.00013")));
  }

  @Test
  void shouldTellTheJudgeWhatIsWrongWhenItIsAskedAgain() {
    given(answer(Judges.scores(7, "Good.")), answer(Judges.scores(4, "Good.")));
    CallSucceeded end = succeeded(scoring(Phase.SINGLE_EVAL));
    assertThat(end.attempt()).isEqualTo(2);
    String first = promptOf(0);
    assertThat(first).doesNotContain("could not be used");
    assertThat(promptOf(1))
      .startsWith(first)
      .contains("Your last answer could not be used: ", "accuracy", "from 1 to 5");
    assertThat(worker.sink.retries())
      .singleElement()
      .satisfies(retry -> {
        assertThat(retry.cause()).isEqualTo(FailureKind.INVALID_OUTPUT);
        assertThat(retry.message()).contains("accuracy");
      });
    // and: each attempt keeps its own request
    assertThat(store.text(artifact(end, Role.REQUEST))).isEqualTo(server.requests().get(1).body());
  }

  @Test
  void shouldStillTellItAfterAnotherFailure() {
    given(answer(GARBAGE), reply(503, "{}"), answer(Judges.scores(4, "Good.")));
    assertThat(succeeded(scoring(Phase.POST_COMBINE)).attempt()).isEqualTo(3);
    assertThat(promptOf(2)).isEqualTo(promptOf(1)).contains("could not be used");
  }

  @Test
  void shouldAskOnceAndNoMoreWhenOneAttemptIsAllowed() {
    given(answer(GARBAGE));
    CallFailed end = failed(judge(Phase.SINGLE_EVAL, "x", 1, "The document."));
    assertThat(end.kind()).isEqualTo(FailureKind.INVALID_OUTPUT);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldReadAVerdictOutOfAFence() {
    given(answer("Here you are:\n```json\n" + Judges.scores(3, "Fair.") + "\n```\n"));
    assertThat(scores(succeeded(scoring(Phase.SINGLE_EVAL))).getFirst()).isEqualTo(
      new Score("accuracy", 3, "Fair.")
    );
  }

  @ParameterizedTest
  @CsvSource({ "PAIRWISE, B", "POST_COMBINE, TIE" })
  void shouldReadAPreferenceInTheOrderShown(Phase phase, String winner) {
    given(answer("{\"reason\":\"Clearer.\",\"winner\":\"" + winner + "\"}"));
    CallResult result = succeeded(comparison(phase, true)).result();
    assertThat(result).isEqualTo(new Preference(winner.equals("B") ? SECOND : null, "Clearer."));
  }

  @Test
  void shouldDemandTheFormAndShowTheDocumentsInOrder() {
    given(answer("{\"reason\":\"Clearer.\",\"winner\":\"A\"}"));
    succeeded(comparison(Phase.PAIRWISE, false));
    JsonNode sent = ContractJson.EVENTS.readTree(server.requests().getFirst().body());
    JsonNode format = sent.path("text").path("format");
    assertThat(format.path("strict").asBoolean()).isTrue();
    assertThat(
      format.path("schema").path("properties").path("winner").path("enum").toString()
    ).isEqualTo("[\"A\",\"B\"]");
    assertThat(promptOf(0)).containsSubsequence("Write it.", "The source.", "Doc one.", "Doc two.");
  }

  @Test
  void shouldRefuseAComparisonWhoseSubjectIsNoPair() {
    given(answer(GARBAGE));
    CallFailed end = failed(judge(Phase.PAIRWISE, "not a pair", 3, "One.", "Two."));
    assertThat(end.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(server.requests()).isEmpty();
  }

  private static Behaviour answer(String text) {
    return reply(200, Answers.responses(text).toString());
  }

  private WorkItem scoring(Phase phase) {
    return judge(phase, FIRST.value(), 3, "The document.");
  }

  private WorkItem comparison(Phase phase, boolean ties) {
    return WorkItems.of(store)
      .withPrompt(Judges.prompt(store, new Judging(Judges.RUBRIC, ties), "Doc one.", "Doc two."))
      .judging(phase, FIRST + ":" + SECOND)
      .item();
  }

  private WorkItem judge(Phase phase, String subject, int attempts, String... documents) {
    return WorkItems.of(store)
      .withPrompt(Judges.prompt(store, new Judging(Judges.RUBRIC, false), documents))
      .withLimits(WorkItems.limits(Duration.ofSeconds(60), Duration.ofSeconds(30), attempts))
      .judging(phase, subject)
      .item();
  }

  private static List<Score> scores(CallSucceeded end) {
    return ((Scores) end.result()).scores();
  }

  private String promptOf(int request) {
    JsonNode sent = ContractJson.EVENTS.readTree(server.requests().get(request).body());
    return sent.path("input").path(0).path("content").asString();
  }
}
