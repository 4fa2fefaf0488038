package dev.acm2.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTextTest {

  @Test
  void shouldWriteTextsOnOneLineOfALimitedLength() {
    assertThat(ConsoleText.oneLine("\u001b[31ma\r\n\tb\u2028c\u0000 ", 99)).isEqualTo("a b c");
    assertThat(ConsoleText.oneLine("x".repeat(50), 20)).isEqualTo("x".repeat(19) + "…");
    assertThat(ConsoleText.oneLine("x".repeat(18) + "😀yyyy", 20)).isEqualTo("x".repeat(18) + "…");
  }

  @Test
  void shouldWriteSizesAsPeopleReadThem() {
    assertThat(ConsoleText.size(999)).isEqualTo("999 B");
    assertThat(ConsoleText.size(12_345)).isEqualTo("12.3 kB");
  }
}
