package dev.acm2.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallPlace;
import dev.acm2.contract.CallResult;
import dev.acm2.contract.ModelId;
import dev.acm2.contract.Phase;
import dev.acm2.contract.RunEvent;
import dev.acm2.contract.RunEvent.CallSkipped.Reason;
import dev.acm2.contract.RunEvent.RunRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.RunSpec;
import dev.acm2.contract.Usd;
import dev.acm2.evaluation.DocumentScore;
import dev.acm2.evaluation.Ranking;
import dev.acm2.evaluation.Winner;
import dev.acm2.projection.SourceView.Flag;
import dev.acm2.projection.SourceView.Questions;
import dev.acm2.testkit.CallFacts;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.Specs;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One source, judged by hand.
class EvaluationsTest {

  private static final RunId RUN = Facts.runId(1);
  private static final String SOURCE = "doc-1.md";
  private static final ModelId GOOD = ModelId.parse("openai:good");
  private static final ModelId BAD = ModelId.parse("openai:bad");
  private static final ModelId JUDGE = ModelId.parse("openai:gpt-5-mini");
  private static final ModelId OTHER_JUDGE = ModelId.parse("anthropic:judge");
  private static final RunSpec SPEC = Specs.judged(1, 1, GOOD.toString(), BAD.toString());

  private final Facts facts = new Facts("test");
  private final RunProjection projection = new RunProjection();
  private final CallFacts good = new CallFacts(RUN, CallPlace.generation(SOURCE, GOOD, 1));
  private final CallFacts bad = new CallFacts(RUN, CallPlace.generation(SOURCE, BAD, 1));
  private long offset;

  EvaluationsTest() {
    happens(new RunRequested(SPEC, List.of(), Facts.START));
    happens(good, new CallResult.Document(good.output(1, 1), "Good"));
    happens(bad, new CallResult.Document(bad.output(1, 1), "Bad"));
  }

  @Test
  void shouldShowDocumentsBeforeAnybodyHasJudgedThem() {
    SourceView view = view();

    assertThat(view.documents())
      .extracting(SourceView.Document::docId)
      .containsExactly(bad.id(), good.id());
    assertThat(view.scores()).allMatch(score -> score.mean() == null);
    assertThat(view.pairwise()).isNull();
    assertThat(view.winner()).isNull();
  }

  @Test
  void shouldKeepTheBestScoreUntilThereIsAComparison() {
    scores(good, JUDGE, 5, 4, 3);
    scores(good, OTHER_JUDGE, 5, 5, 5);
    scores(bad, JUDGE, 1, 2, 3);

    SourceView view = view();
    assertThat(view.scores())
      .extracting(DocumentScore::document)
      .containsExactly(good.id(), bad.id());
    assertThat(view.scores().getLast().sheets()).isEqualTo(1);
    assertThat(view.scores().getLast().expectedSheets()).isEqualTo(2);
    assertThat(view.judges()).hasSize(2);
    assertThat(document(view, good).sheets().getFirst().judge()).isEqualTo(OTHER_JUDGE);
    assertThat(document(view, good).sheets().getLast().scores().getFirst().reason()).isEqualTo(
      "it is 5"
    );
    assertThat(winner(view)).isEqualTo(good.id());
    assertThat(Objects.requireNonNull(view.winner()).by()).isEqualTo(Winner.By.SCORE);
  }

  @Test
  void shouldFlagADocumentThatAJudgeWillNotScoreAnyMore() {
    CallFacts judge = judging(Phase.SINGLE_EVAL, JUDGE, good.id().value());
    happens(judge.queued(1));
    assertThat(document(view(), good).flags()).as("it may still come").isEmpty();
    happens(judge.started(1));
    happens(judge.failed(1, 1));

    assertThat(document(view(), good).flags()).containsExactly(Flag.SCORES_MISSING);
    assertThat(document(view(), bad).flags()).isEmpty();
  }

  @Test
  void shouldRankByVotesOverScores() {
    scores(bad, JUDGE, 5, 5, 5);
    scores(good, JUDGE, 1, 1, 1);
    vote(good, bad, good, JUDGE);
    vote(bad, good, good, JUDGE);
    vote(good, bad, null, OTHER_JUDGE);

    SourceView view = view();
    Ranking ranking = Objects.requireNonNull(view.pairwise()).ranking();
    assertThat(ranking.rows().getFirst().document()).isEqualTo(good.id());
    assertThat(ranking.rows().getFirst().wins()).isEqualTo(2);
    assertThat(ranking.rows().getFirst().ties()).isEqualTo(1);
    assertThat(ranking.netWins()).containsExactly(List.of(0, 2), List.of(-2, 0));
    assertThat(Objects.requireNonNull(view.pairwise()).positionBias()).hasSize(2);
    assertThat(Objects.requireNonNull(view.winner()).by()).isEqualTo(Winner.By.PAIRWISE);
    assertThat(winner(view)).isEqualTo(good.id());
  }

  /// Nobody has voted, so the scores say who is shown first, and who wins.
  @Test
  void shouldShowAComparisonBeforeItsFirstVote() {
    scores(good, JUDGE, 5, 5, 5);
    happens(judging(Phase.PAIRWISE, JUDGE, good.id() + ":" + bad.id()).queued(1));

    SourceView view = view();
    assertThat(Objects.requireNonNull(view.pairwise()).ranking().rows())
      .extracting(Ranking.Row::document)
      .containsExactly(good.id(), bad.id());
    assertThat(winner(view)).isEqualTo(good.id());
  }

  @Test
  void shouldCountWhatWasSettledWithoutBeingAsked() {
    vote(good, bad, good, JUDGE);
    CallFacts settled = judging(Phase.PAIRWISE, JUDGE, bad.id() + ":" + good.id());
    happens(settled.skipped(1, Reason.SETTLED, Usd.of("0.004")));
    CallFacts lost = judging(Phase.PAIRWISE, OTHER_JUDGE, bad.id() + ":" + good.id());
    happens(lost.skipped(1, Reason.BUDGET, null));
    happens(judging(Phase.PAIRWISE, OTHER_JUDGE, good.id() + ":" + bad.id()).queued(1));

    assertThat(Objects.requireNonNull(view().pairwise()).questions()).isEqualTo(
      new Questions(1, 1, 1, 1, Usd.of("0.004"))
    );
  }

  @Test
  void shouldKeepWhatWonAfterCombining() {
    vote(good, bad, good, JUDGE);
    ModelId combining = ModelId.parse("openai:gpt-5.1");
    String both = good.id() + ":" + bad.id();
    CallFacts combined = new CallFacts(
      RUN,
      new CallPlace(Phase.COMBINE, SOURCE, combining, 1, both)
    );
    happens(combined, new CallResult.Document(combined.output(1, 1), "Both"));
    CallFacts judge = judging(Phase.POST_COMBINE, JUDGE, good.id() + ":" + combined.id());
    happens(judge, new CallResult.Preference(combined.id(), "it has all"));

    SourceView view = view();
    assertThat(document(view, combined).madeFrom()).containsExactly(good.id(), bad.id());
    assertThat(view.scores()).hasSize(2);
    assertThat(Objects.requireNonNull(view.winner()).by()).isEqualTo(Winner.By.POST_COMBINE);
    assertThat(winner(view)).isEqualTo(combined.id());
  }

  /// Decodable, and impossible: it decides nothing, and stops nothing.
  @Test
  void shouldNotCountAVoteThatCannotBe() {
    CallFacts stranger = judging(Phase.PAIRWISE, JUDGE, good.id() + ":" + bad.id());
    happens(stranger, new CallResult.Preference(stranger.id(), "a third one"));
    CallFacts itself = judging(Phase.PAIRWISE, JUDGE, good.id() + ":" + good.id());
    happens(itself, new CallResult.Preference(good.id(), "itself"));
    CallFacts nothing = judging(Phase.PAIRWISE, JUDGE, "?");
    happens(nothing, new CallResult.Preference(good.id(), "what?"));

    SourceView.Comparison comparison = Objects.requireNonNull(view().pairwise());
    assertThat(comparison.votes()).isEmpty();
    assertThat(comparison.questions().unanswered()).isEqualTo(3);
  }

  @Test
  void shouldShowTheDocumentsOfARunThatIsNotJudged() {
    RunSpec plain = Specs.run(1, 1, GOOD.toString(), BAD.toString());

    SourceView view = Evaluations.of(RUN, plain, projection.calls()).getFirst();
    assertThat(view.documents()).hasSize(2);
    assertThat(view.scores()).isEmpty();
    assertThat(view.winner()).isNull();
  }

  private void scores(CallFacts document, ModelId judge, int... scores) {
    List<String> criteria = List.of("accuracy", "completeness", "clarity");
    happens(
      judging(Phase.SINGLE_EVAL, judge, document.id().value()),
      new CallResult.Scores(
        IntStream.range(0, scores.length)
          .mapToObj(i -> new CallResult.Score(criteria.get(i), scores[i], "it is " + scores[i]))
          .toList()
      )
    );
  }

  private void vote(CallFacts first, CallFacts second, @Nullable CallFacts winner, ModelId judge) {
    happens(
      judging(Phase.PAIRWISE, judge, first.id() + ":" + second.id()),
      new CallResult.Preference(winner == null ? null : winner.id(), "because")
    );
  }

  private static CallFacts judging(Phase phase, ModelId judge, String subject) {
    return new CallFacts(RUN, new CallPlace(phase, SOURCE, judge, 1, subject));
  }

  private void happens(CallFacts call, CallResult result) {
    happens(call.queued(1));
    happens(call.started(1));
    happens(call.answered(1, 1, result));
  }

  private void happens(RunEvent event) {
    projection.apply(facts.stamp(RUN, event), new AsOf(1, 0, offset++));
  }

  private SourceView view() {
    return Evaluations.of(RUN, SPEC, projection.calls()).getFirst();
  }

  private static SourceView.Document document(SourceView view, CallFacts call) {
    return view
      .documents()
      .stream()
      .filter(document -> document.docId().equals(call.id()))
      .findFirst()
      .orElseThrow();
  }

  private static CallId winner(SourceView view) {
    return Objects.requireNonNull(view.winner()).document();
  }
}
