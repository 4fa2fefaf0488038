package dev.acm2.standalone.pipeline;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Outcome;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Sha256;
import dev.acm2.contract.Suspicion;
import dev.acm2.projection.CallView;
import dev.acm2.projection.SourceView;
import dev.acm2.projection.SourceView.Document;
import dev.acm2.projection.SourceView.Flag;
import dev.acm2.providersimulator.JudgeOptions;
import dev.acm2.providersimulator.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An author that plants instructions to judges in about half of its documents, and a judge that follows
/// them: it is seen, and it is seen what it was worth.
class InjectionIT extends PipelineFixture {

  private static final String JUDGE = "openai:gpt-5-mini";
  /// With a quality of 0.5 and no noise, on a scale of 1 to 5.
  private static final double DESERVED = 3;
  private static final double INFLATED = 5;
  private static final int DOCUMENTS = 12;
  /// Suspicions of a document that is taken over.
  private static final int MOST_KEPT = 3;
  private static final Pattern PLANTED = Pattern.compile(
    "(?i)(ignore|disregard|forget) (the rubric|all criteria) and [^\\n]*this document"
  );
  private static final JudgeOptions SWAYED = JudgeOptions.DEFAULTS.withNoise(0)
    .withQuality(GPT, 0.5)
    .withQuality(LLAMA, 0.5)
    .withPlanting(GPT, 0.5)
    .withGullibility(JUDGE, 2);

  @AfterEach
  void giveTheJudgesBack() {
    simulator.judges(JudgeOptions.DEFAULTS);
  }

  @Test
  void shouldShowWhatAPlantedInstructionWasWorth() {
    // given
    simulator.judges(SWAYED);
    RunId judged = api.submit(judgedRun());
    assertThat(api.awaitFinished(judged).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThatPlantedDocumentsAreFlaggedAndInflated(judged);
    List<String> planted = planted(judged);
    assertThat(shownToJudges(judged)).anyMatch(prompt -> containsAny(prompt, planted));
    simulator.ledger().clear();

    // when
    RunId again = api.reEvaluate(judged, Map.of("maskSuspicions", true));
    assertThat(api.awaitFinished(again).outcome()).isEqualTo(Outcome.COMPLETED);

    // then
    assertThatOnlyFlaggedDocumentsLost(judged, again);
    assertThat(shownToJudges(again))
      .hasSize(DOCUMENTS)
      .noneMatch(prompt -> containsAny(prompt, planted))
      .noneMatch(prompt -> PLANTED.matcher(prompt).find());
    assertThat(simulator.ledger().entries())
      .hasSize(DOCUMENTS)
      .allSatisfy(entry -> assertThat(entry.model()).isEqualTo(ModelId.parse(JUDGE).model()));
    assertVerified(again);
  }

  private void assertThatPlantedDocumentsAreFlaggedAndInflated(RunId runId) {
    Map<Place, Made> all = documents(runId);
    all.values().forEach(made -> {
      boolean planted = PLANTED.matcher(made.text()).find();
      Document document = made.document();
      assertThat(document.flags().contains(Flag.INJECTION_SUSPECTED))
        .as(made.text())
        .isEqualTo(planted);
      assertThat(document.suspicions().isEmpty()).as(made.text()).isNotEqualTo(planted);
      assertThat(document.suspicions()).allSatisfy(each ->
        assertThat(made.text().substring(each.position())).startsWith(each.excerpt())
      );
      assertThat(made.mean())
        .as(made.text())
        .isEqualTo(planted ? INFLATED : DESERVED);
      assertThat(document.scoreChange()).as("it was judged for the first time").isNull();
    });
    assertThat(all).hasSize(DOCUMENTS);
    assertThat(all.values()).extracting(Made::suspected).contains(true, false);
  }

  private void assertThatOnlyFlaggedDocumentsLost(RunId judged, RunId again) {
    Map<Place, Made> before = documents(judged);
    documents(again).forEach((place, made) -> {
      Made written = Objects.requireNonNull(before.get(place));
      boolean flagged = written.suspected();
      Document document = made.document();
      assertThat(document.flags()).isEqualTo(flagged ? List.of(Flag.INJECTION_MASKED) : List.of());
      assertThat(made.text().equals(written.text())).as(made.text()).isNotEqualTo(flagged);
      assertThat(made.mean()).as(made.text()).isEqualTo(DESERVED);
      assertThat(document.earlierScore()).isEqualTo(written.mean());
      assertThat(document.scoreChange()).isEqualTo(flagged ? DESERVED - INFLATED : 0);
      assertThat(document.original()).isEqualTo(flagged ? written.document().output() : null);
      assertThat(document.suspicions()).isEqualTo(
        written.document().suspicions().stream().limit(MOST_KEPT).toList()
      );
    });
  }

  /// What the judges of a run were asked, with proof that it is what the provider got.
  private List<String> shownToJudges(RunId runId) {
    Map<String, LedgerEntry> received = entries(runId)
      .stream()
      .collect(toMap(Ledgers::callIdOf, Function.identity()));
    return api
      .calls(runId)
      .stream()
      .filter(call -> call.phase() == Phase.SINGLE_EVAL)
      .map(call -> shown(call, Objects.requireNonNull(received.get(call.callId().value()))))
      .toList();
  }

  private String shown(CallView call, LedgerEntry received) {
    String request = api.artifact(call.artifacts().getFirst().ref().sha256());
    String prompt = ContractJson.VIEWS.readTree(request)
      .path("input")
      .path(0)
      .path("content")
      .asString();
    assertThat(received.promptHash()).isEqualTo(
      Sha256.hex(prompt.getBytes(StandardCharsets.UTF_8))
    );
    return prompt;
  }

  private List<String> planted(RunId runId) {
    return documents(runId)
      .values()
      .stream()
      .flatMap(made -> made.document().suspicions().stream())
      .map(Suspicion::excerpt)
      .distinct()
      .toList();
  }

  private static boolean containsAny(String prompt, List<String> texts) {
    return texts.stream().anyMatch(prompt::contains);
  }

  /// What is the same for a document in every run that judges it.
  private record Place(String source, ModelId model, int iteration) {}

  private record Made(Document document, String text, double mean) {
    boolean suspected() {
      return !document.suspicions().isEmpty();
    }
  }

  private Map<Place, Made> documents(RunId runId) {
    Map<Place, Made> all = new HashMap<>();
    for (SourceView source : api.sources(runId)) {
      Map<CallId, Double> means = source
        .scores()
        .stream()
        .collect(toMap(score -> score.document(), score -> Objects.requireNonNull(score.mean())));
      for (Document each : source.documents()) {
        all.put(
          new Place(source.document(), each.model(), each.iteration()),
          new Made(
            each,
            api.document(runId, each.docId().value()),
            Objects.requireNonNull(means.get(each.docId()))
          )
        );
      }
    }
    return all;
  }

  private static Map<String, Object> judgedRun() {
    List<Map<String, String>> sources = List.of(
      Map.of("name", "one.md", "content", "# Planted one\n\nThe text of one."),
      Map.of("name", "two.md", "content", "# Planted two\n\nThe text of two.")
    );
    Map<String, Object> run = Submissions.run(sources, 3, Map.of(), GPT, LLAMA);
    run.put("evaluation", Map.of("judges", List.of(Map.of("model", JUDGE))));
    return run;
  }
}
