package dev.acm2.evaluation;

import static dev.acm2.evaluation.BradleyTerryTest.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.Rubric;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WinnerTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);
  private static final Rubric RUBRIC = new Rubric("One", 1, List.of(Samples.criterion("x", 1)));
  private static final Ranking NOTHING = Ranking.of(List.of(A, B), List.of(), 1);

  @Test
  void shouldTakeTheFirstAfterCombining() {
    assertThat(Winner.of(ranking(B, 3), ranking(A, 3), scores())).isEqualTo(
      new Winner(
        B,
        Winner.By.POST_COMBINE,
        "First of 2 documents after combining: won 3 of 3 votes, strength 1169 against 831 of the " +
          "next; 2 changed votes would put another one first."
      )
    );
  }

  @Test
  void shouldElseTakeTheFirstOfTheComparison() {
    // when
    Winner winner = Objects.requireNonNull(Winner.of(NOTHING, ranking(A, 1), scores()));
    // then
    assertThat(winner.document()).isEqualTo(A);
    assertThat(winner.by()).isEqualTo(Winner.By.PAIRWISE);
    assertThat(winner.reason()).startsWith(
      "First of 2 documents in the comparison: won 1 of 1 votes"
    );
  }

  @Test
  void shouldSayWhenTheFirstTwoAreLevel() {
    // given
    Ranking level = Ranking.of(
      List.of(B, A),
      List.of(vote(A, B, A), vote(B, A, B), vote(A, B, null)),
      1
    );
    // when
    Winner winner = Winner.of(null, level, List.of());
    // then
    assertThat(winner).isEqualTo(
      new Winner(
        B,
        Winner.By.PAIRWISE,
        "First of 2 documents in the comparison: won 1 of 3 votes with 1 tie, strength 1000, level " +
          "with the next, put first by win rate or else by score; 1 changed vote would put another " +
          "one first."
      )
    );
  }

  @Test
  void shouldElseTakeTheBestScore() {
    assertThat(Winner.of(null, NOTHING, scores())).isEqualTo(
      new Winner(
        B,
        Winner.By.SCORE,
        "Best score of 2 documents: 4.00 (75 % of the scale), from 1 of 2 scores."
      )
    );
  }

  @Test
  void shouldHaveNoWinnerWhereNothingExists() {
    // given
    List<DocumentScore> unscored = Aggregation.of(RUBRIC, List.of(A), List.of(), 2).documents();
    // when / then
    assertThat(Winner.of(null, null, List.of())).isNull();
    assertThat(Winner.of(NOTHING, NOTHING, unscored)).isNull();
  }

  private static Ranking ranking(CallId winner, int votes) {
    return Ranking.of(List.of(A, B), Collections.nCopies(votes, vote(A, B, winner)), 1);
  }

  private static List<DocumentScore> scores() {
    return Aggregation.of(RUBRIC, List.of(A, B), List.of(sheet(A, 3), sheet(B, 4)), 2).documents();
  }

  private static ScoreSheet sheet(CallId document, int score) {
    return new ScoreSheet(document, Samples.judge(1), 1, List.of(new Score("x", score, "r")));
  }
}
