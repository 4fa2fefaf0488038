package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.contract.Rubric;
import dev.acm2.contract.Rubric.Criterion;
import dev.acm2.evaluation.DocumentScore.CriterionScore;
import dev.acm2.evaluation.JudgeDeviation.CriterionDeviation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AggregationTest {

  private static final CallId A = Samples.document(1);
  private static final CallId B = Samples.document(2);
  private static final CallId C = Samples.document(3);
  private static final Rubric RUBRIC = new Rubric(
    "Two",
    1,
    List.of(Samples.criterion("x", 3), Samples.criterion("y", 1))
  );

  @Test
  void shouldWeighCriteriaAndTakeMeansOverJudgesAndIterations() {
    // when
    Aggregation aggregation = aggregate(
      sheet(A, 1, 1, "x=5 y=1"),
      sheet(A, 2, 1, "x=3 y=2"),
      sheet(A, 2, 2, "x=4 y=3")
    );
    // then
    DocumentScore score = aggregation.documents().getFirst();
    assertThat(score.mean()).isEqualTo((3 * 4 + 2) / 4.0);
    assertThat(score.share()).isEqualTo((3.5 - 1) / 4);
    assertThat(score.spread()).isEqualTo(deviation(4, 2.75, 3.75), within(1e-9));
    assertThat(score.criteria()).containsExactly(
      new CriterionScore("x", 4.0, 1.0, 3),
      new CriterionScore("y", 2.0, 1.0, 3)
    );
  }

  @Test
  void shouldShowMissingScoresAsMissingAndNotCountThemAsZero() {
    // when
    Aggregation aggregation = aggregate(sheet(A, 1, 1, "x=4"), sheet(B, 1, 1, "x=2 y=2"));
    // then
    assertThat(aggregation.documents())
      .extracting(DocumentScore::document)
      .containsExactly(A, B, C);
    DocumentScore partly = aggregation.documents().getFirst();
    assertThat(partly.mean()).isEqualTo(4);
    assertThat(partly.spread()).isNull();
    assertThat(partly.sheets()).isEqualTo(1);
    assertThat(partly.expectedSheets()).isEqualTo(6);
    assertThat(partly.scores()).isEqualTo(1);
    assertThat(partly.expectedScores()).isEqualTo(12);
    assertThat(partly.criteria().getLast()).isEqualTo(new CriterionScore("y", null, null, 0));
    DocumentScore not = aggregation.documents().getLast();
    assertThat(not.mean()).isNull();
    assertThat(not.share()).isNull();
    assertThat(not.scores()).isZero();
  }

  @Test
  void shouldPutEqualMeansInTheOrderOfTheirIds() {
    // given: equal in mathematics, and made of different sums
    Aggregation aggregation = aggregate(
      sheet(B, 1, 1, "x=4 y=4"),
      sheet(A, 1, 1, "x=5 y=1"),
      sheet(C, 1, 1, "x=5 y=2")
    );
    // when / then
    assertThat(aggregation.documents())
      .extracting(DocumentScore::document)
      .containsExactly(C, A, B);
  }

  @Test
  void shouldPutDifferentScalesOntoTheFirstOne() {
    // given
    Criterion percent = new Criterion("p", "", BigDecimal.ONE, 0, 100);
    Rubric mixed = new Rubric("Mixed", 1, List.of(Samples.criterion("x", 1), percent));
    // when
    DocumentScore score = Aggregation.of(mixed, List.of(A), List.of(sheet(A, 1, 1, "x=2 p=100")), 1)
      .documents()
      .getFirst();
    // then
    assertThat(score.mean()).isEqualTo((2 + 5) / 2.0);
    assertThat(score.criteria().getLast().mean()).isEqualTo(100);
  }

  @Test
  void shouldTellHowEachJudgeDeviatesFromAll() {
    // when
    Aggregation aggregation = aggregate(
      sheet(A, 1, 1, "x=5 y=4"),
      sheet(A, 2, 1, "x=3 y=4"),
      sheet(B, 1, 1, "x=4"),
      sheet(B, 2, 1, "x=4 y=1"),
      sheet(C, 2, 1, "x=1 y=1")
    );
    // then
    assertThat(aggregation.judges()).containsExactly(
      new JudgeDeviation(
        Samples.judge(1),
        (3 * 0.5) / 4,
        3,
        List.of(new CriterionDeviation("x", 0.5, 2), new CriterionDeviation("y", 0.0, 1))
      ),
      new JudgeDeviation(
        Samples.judge(2),
        (3 * -0.5) / 4,
        3,
        List.of(new CriterionDeviation("x", -0.5, 2), new CriterionDeviation("y", 0.0, 1))
      )
    );
    assertThat(aggregation.agreement())
      .isNotNull()
      .extracting(Agreement::units, Agreement::values)
      .containsExactly(3, 6);
  }

  @Test
  void shouldHaveNoDeviationAndNoAgreementOfASingleJudge() {
    // when
    Aggregation aggregation = aggregate(sheet(A, 1, 1, "x=5 y=4"), sheet(A, 1, 2, "x=1 y=1"));
    // then
    assertThat(aggregation.agreement()).isNull();
    assertThat(aggregation.judges().getFirst().mean()).isNull();
    assertThat(aggregation.judges().getFirst().scores()).isZero();
  }

  @Test
  void shouldNotDependOnTheOrderOfArrival() {
    // given
    Random random = new Random(4);
    List<ScoreSheet> sheets = new ArrayList<>();
    for (int document = 1; document <= 3; document++) {
      for (int judge = 1; judge <= 4; judge++) {
        for (int iteration = 1; iteration <= 3; iteration++) {
          String scores = "x=%d y=%d".formatted(1 + random.nextInt(5), 1 + random.nextInt(5));
          sheets.add(sheet(Samples.document(document), judge, iteration, scores));
        }
      }
    }
    Aggregation expected = Aggregation.of(RUBRIC, List.of(A, B, C), sheets, 12);
    for (int i = 0; i < 50; i++) {
      // when
      Collections.shuffle(sheets, random);
      // then
      assertThat(Aggregation.of(RUBRIC, List.of(C, A, B), sheets, 12)).isEqualTo(expected);
    }
  }

  private static Aggregation aggregate(ScoreSheet... sheets) {
    return Aggregation.of(RUBRIC, List.of(A, B, C), List.of(sheets), 6);
  }

  private static ScoreSheet sheet(CallId document, int judge, int iteration, String scores) {
    List<Score> list = new ArrayList<>();
    for (String score : scores.split(" ", -1)) {
      int at = score.indexOf('=');
      list.add(
        new Score(score.substring(0, at), Integer.parseInt(score, at + 1, score.length(), 10), "r")
      );
    }
    return new ScoreSheet(document, Samples.judge(judge), iteration, list);
  }

  private static double deviation(double... numbers) {
    double mean = (numbers[0] + numbers[1] + numbers[2]) / 3;
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return Math.sqrt(squares / 2);
  }
}
