package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ConsoleLine.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramLineTest {

  @Test
  void shouldReadProgress() {
    assertThat(
      ProgramLine.of("{\"progress\":\"searching\",\"share\":0.4,\"level\":\"warn\"}")
    ).isEqualTo(new ProgramLine(Level.WARN, "searching", true, 0.4));
    assertThat(ProgramLine.of("{\"progress\":\"searching\"}")).isEqualTo(
      new ProgramLine(Level.INFO, "searching", true, null)
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "-0.1", "1.1", "\"half\"", "1e999", "null" })
  void shouldNotMakeUpAShare(String share) {
    ProgramLine line = ProgramLine.of("{\"progress\":\"x\",\"share\":" + share + "}");
    assertThat(line.share()).isNull();
    assertThat(line.isProgress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "plain", "{broken", "{\"progress\":1}", "{\"usage\":{}}", "{} {}", "[1]", " {}" }
  )
  void shouldTakeEverythingElseAsText(String line) {
    assertThat(ProgramLine.of(line)).isEqualTo(new ProgramLine(Level.INFO, line, false, null));
  }
}
