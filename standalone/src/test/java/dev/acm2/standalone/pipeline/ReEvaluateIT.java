package dev.acm2.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.projection.CallState;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunStats;
import dev.acm2.projection.RunView;
import dev.acm2.providersimulator.Behaviour;
import dev.acm2.providersimulator.LedgerEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Other judges on the documents of a finished run: nothing is generated again.
class ReEvaluateIT extends PipelineFixture {

  private static final String FIRST_JUDGE = "openai:gpt-5-mini";
  private static final String OTHER_JUDGE = "openai:gpt-5";

  @Test
  void shouldJudgeTheSameDocumentsWithAnotherJudge() {
    // given
    RunId judged = api.submit(judgedRun());
    assertThat(api.awaitFinished(judged).outcome()).isEqualTo(Outcome.COMPLETED);
    simulator.ledger().clear();

    // when
    RunId again = api.reEvaluate(judged, Map.of("evaluation", judgedBy(OTHER_JUDGE)));
    RunView run = api.awaitFinished(again);

    // then
    assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(run.anomalies()).isZero();
    assertThat(Objects.requireNonNull(run.spec()).reuse()).matches(
      reuse -> reuse.run().equals(judged) && reuse.outputs().size() == 4
    );
    assertThatNothingWasGenerated(again, run);
    assertThatTheOtherOneJudged(again);
    assertThat(texts(again)).isEqualTo(texts(judged));
    assertVerified(again);
  }

  @Test
  void shouldRefuseARunThatHasNoDocuments() {
    // given
    simulator.always("gpt-5.1", Behaviour.after(Duration.ofMinutes(5), Behaviour.OK));
    RunId runId = api.submit(Submissions.run(1, 1, Map.of(), GPT));
    api.await(runId, run -> run.stats().inFlight() == 1);
    String address = "/api/v1/runs/" + runId + "/re-evaluate";
    String body = "{\"evaluation\":{\"judges\":[{\"model\":\"" + OTHER_JUDGE + "\"}]}}";

    // then
    assertThat(api.post(address, body)).as("it runs").isEqualTo(409);
    api.cancel(runId);
    api.awaitFinished(runId);
    assertThat(api.post(address, body)).as("it wrote nothing").isEqualTo(409);
  }

  private void assertThatNothingWasGenerated(RunId again, RunView run) {
    List<LedgerEntry> sent = simulator.ledger().entries();
    RunStats generation = Objects.requireNonNull(run.byPhase().get(Phase.GENERATION));
    assertThat(sent).hasSize(4).hasSameSizeAs(entries(again));
    assertThat(sent).allSatisfy(entry -> assertThat(entry.model()).isEqualTo("gpt-5"));
    assertThat(generation.ok()).isEqualTo(4);
    assertThat(generation.attempts()).isZero();
    assertThat(generation.costUsd().nanos()).isZero();
  }

  private void assertThatTheOtherOneJudged(RunId again) {
    assertThat(api.sources(again))
      .hasSize(2)
      .allSatisfy(source ->
        assertThat(source.documents())
          .hasSize(2)
          .allSatisfy(document ->
            assertThat(document.sheets())
              .singleElement()
              .matches(sheet -> sheet.judge().equals(ModelId.parse(OTHER_JUDGE)))
          )
      );
  }

  private List<String> texts(RunId runId) {
    return api
      .calls(runId)
      .stream()
      .filter(call -> call.phase() == Phase.GENERATION && call.state() == CallState.OK)
      .map(CallView::callId)
      .map(call -> api.document(runId, call.value()))
      .sorted()
      .toList();
  }

  private static Map<String, Object> judgedRun() {
    Map<String, Object> run = Submissions.run(2, 1, Map.of(), GPT, LLAMA);
    run.put("evaluation", judgedBy(FIRST_JUDGE));
    return run;
  }

  private static Map<String, Object> judgedBy(String judge) {
    return Map.of("judges", List.of(Map.of("model", judge)));
  }
}
