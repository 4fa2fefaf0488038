package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.CallId;
import dev.acm2.testkit.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void shouldComeBackAsItWas() {
    Cursor.RunPlace place = new Cursor.RunPlace(Facts.START, Facts.runId(7));
    CallId callId = CallId.parse("0123456789abcdef0123456789abcdef");
    assertThat(Cursor.run(place.encoded())).isEqualTo(place);
    assertThat(Cursor.call(Cursor.call(callId))).isEqualTo(callId);
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "", "x", "%%%", "MjAyNg", "fHw", "JyBPUiAxPTE", "MjAyNi0wMS0wMVQwMDowMDowMFp8eA" }
  )
  void shouldRefuseWhatIsNotItsOwn(String forged) {
    assertThatThrownBy(() -> Cursor.run(forged)).isInstanceOfSatisfying(ProblemException.class, e ->
      assertThat(e.problem().type()).endsWith(":invalid-cursor")
    );
    assertThatThrownBy(() -> Cursor.call(forged)).isInstanceOf(ProblemException.class);
  }
}
