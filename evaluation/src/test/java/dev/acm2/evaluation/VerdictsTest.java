package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallResult;
import dev.acm2.contract.CallResult.Score;
import dev.acm2.evaluation.Verdicts.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictsTest {

  private static final String ACCURACY = entry("Accuracy", "4", "r1");
  private static final String CLARITY = entry("Clarity", "5", "r2");
  private static final String STYLE = entry("Style \\\"x\\\"", "1", "r3");

  @Test
  void shouldReadOneScoreForEachCriterionInTheOrderOfTheRubric() {
    // when
    Reading reading = scores(STYLE, ACCURACY, CLARITY);
    // then
    assertThat(reading).isEqualTo(
      new Reading.Read(
        new CallResult.Scores(
          List.of(
            new Score("Accuracy", 4, "r1"),
            new Score("Clarity", 5, "r2"),
            new Score("Style \"x\"", 1, "r3")
          )
        )
      )
    );
  }

  @Test
  void shouldReadScoresFromAFenceAndIgnoreOtherProperties() {
    // given
    String more = "{\"overall\":3,\"evaluations\":[%s,%s,%s]}".formatted(ACCURACY, CLARITY, STYLE);
    // when / then
    assertThat(Verdicts.scores("```json\n" + more + "\n```", Samples.RUBRIC)).isEqualTo(
      scores(ACCURACY, CLARITY, STYLE)
    );
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "0",
      "6",
      "-1",
      "4.5",
      "\"4\"",
      "null",
      "true",
      "[4]",
      "1e400",
      "4000000000000",
      "1e-9",
    }
  )
  void shouldNameAScoreThatIsNoWholeNumberOnTheScale(String score) {
    assertThat(problem(scores(entry("Accuracy", score, "r"), CLARITY, STYLE)))
      .startsWith("the answer is not valid: the score of \"Accuracy\" is ")
      .endsWith("it must be a whole number from 1 to 5");
  }

  @Test
  void shouldAcceptAWholeNumberHoweverItIsWritten() {
    assertThat(scores(entry("Accuracy", "4.0", "r1"), CLARITY, STYLE)).isEqualTo(
      scores(ACCURACY, CLARITY, STYLE)
    );
  }

  @Test
  void shouldNameEveryViolationAtOnce() {
    // when
    Reading reading = scores(
      entry("Accuracy", "9", " "),
      CLARITY,
      CLARITY,
      entry("Charm", "3", "r"),
      "{\"score\":3}",
      "7"
    );
    // then
    assertThat(problem(reading)).isEqualTo(
      "the answer is not valid: the score of \"Accuracy\" is 9; it must be a whole number from 1 to 5; " +
        "the reason for \"Accuracy\" is missing; \"Clarity\" has 2 entries; it must have one; " +
        "\"Charm\" is no criterion of the rubric; missing is no criterion of the rubric; " +
        "\"Style \"x\"\" has no entry"
    );
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    quoteCharacter = '~',
    textBlock = """
    no json at all                                  | exactly one complete JSON object
    {"evaluations":[                                | exactly one complete JSON object
    {"evaluations":"none"}                          | the list "evaluations" is missing
    {"evaluations":[]}                              | "Accuracy" has no entry; "Clarity" has no entry
    {"evaluations":[],"evaluations":[]}             | Duplicate
    """
  )
  void shouldNameWhatIsWrongWithTheWholeAnswer(String answer, String problem) {
    assertThat(problem(Verdicts.scores(answer, Samples.RUBRIC))).contains(problem);
  }

  @Test
  void shouldQuoteLittleOfTheAnswer() {
    // when
    Reading reading = scores(entry("x".repeat(10_000), "4", "r"), ACCURACY, CLARITY, STYLE);
    // then
    assertThat(problem(reading)).hasSizeLessThan(200).contains("xxx...");
  }

  private static String entry(String criterion, String score, String reason) {
    return "{\"criterion\":\"%s\",\"score\":%s,\"reason\":\"%s\"}".formatted(
      criterion,
      score,
      reason
    );
  }

  private static Reading scores(String... entries) {
    String answer = "{\"evaluations\":[%s]}".formatted(String.join(",", entries));
    return Verdicts.scores(answer, Samples.RUBRIC);
  }

  private static String problem(Reading reading) {
    return switch (reading) {
      case Reading.Read read -> throw new AssertionError("was read: " + read);
      case Reading.Invalid invalid -> invalid.problem();
    };
  }
}
