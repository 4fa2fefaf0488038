package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.CallResult;
import dev.acm2.evaluation.Verdicts.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

  private static final CallId FIRST = Samples.document(1);
  private static final CallId SECOND = Samples.document(2);

  @Test
  void shouldNameTheDocumentThatWasShownInThePreferredPlace() {
    assertThat(read("{\"reason\":\"r\",\"winner\":\"A\"}", false)).isEqualTo(
      new Reading.Read(new CallResult.Preference(FIRST, "r"))
    );
    assertThat(read("```json\n{\"winner\":\"B\",\"reason\":\"r\"}\n```", true)).isEqualTo(
      new Reading.Read(new CallResult.Preference(SECOND, "r"))
    );
  }

  @Test
  void shouldReadATieOnlyWhereTiesAreAllowed() {
    // given
    String tie = "{\"reason\":\"even\",\"winner\":\"TIE\"}";
    // when / then
    assertThat(read(tie, true)).isEqualTo(
      new Reading.Read(new CallResult.Preference(null, "even"))
    );
    assertThat(read(tie, false)).isEqualTo(
      new Reading.Invalid(
        "the answer is not valid: winner is \"TIE\"; it must be \"A\" or \"B\", a tie is not allowed"
      )
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "\"C\"", "\"a\"", "\"Document A\"", "null", "1", "[\"A\"]", "\"\"" })
  void shouldRefuseAnyOtherWinner(String winner) {
    assertThat(read("{\"reason\":\"r\",\"winner\":%s}".formatted(winner), true)).isEqualTo(
      new Reading.Invalid(
        "the answer is not valid: winner is %s; it must be \"A\", \"B\" or \"TIE\"".formatted(
          winner
        )
      )
    );
  }

  @Test
  void shouldNameEverythingThatIsMissing() {
    assertThat(read("{}", true)).isEqualTo(
      new Reading.Invalid(
        "the answer is not valid: winner is missing; it must be \"A\", \"B\" or \"TIE\"; the reason is missing"
      )
    );
  }

  private static Reading read(String answer, boolean ties) {
    return Verdicts.preference(answer, ties, FIRST, SECOND);
  }
}
