package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {

  @Test
  void shouldShowDurationsInWholeSecondsLargestUnitFirst() {
    assertThat(Format.duration(Duration.ofMillis(999))).isEqualTo("0 s");
    assertThat(Format.duration(Duration.ofSeconds(-5))).isEqualTo("0 s");
    assertThat(Format.duration(Duration.ofSeconds(3852))).isEqualTo("1 h 4 m 12 s");
    assertThat(Format.duration(Duration.ofDays(1).plusSeconds(1))).isEqualTo("1 d 1 s");
  }

  @Test
  void shouldShowMoneyWithTheDecimalsThatMatter() {
    assertThat(Format.money(BigDecimal.ZERO)).isEqualTo("$0.00");
    assertThat(Format.money(new BigDecimal("0.00001"))).isEqualTo("<$0.0001");
    assertThat(Format.money(new BigDecimal("0.01234"))).isEqualTo("$0.0123");
    assertThat(Format.money(new BigDecimal("1.005"))).isEqualTo("$1.01");
  }

  @Test
  void shouldNotLetForeignTextCommandTheTerminal() {
    assertThat(Format.line("a\u001b[2J\r\n  b\u0007\u202e")).isEqualTo("a?[2J b??");
    assertThat(Format.line("a\u009b2J")).isEqualTo("a?2J");
    assertThat(Format.lines("# a\r\n\tb\u001b[2J\rc\u009b\n")).isEqualTo("# a\n\tb?[2J\nc?\n");
  }

  @Test
  void shouldCutByCharactersAndNotInsideOne() {
    assertThat(Format.cut("abcdef", 5)).isEqualTo("ab...");
    assertThat(Format.cut("ab\ud83d\ude00def", 6)).isEqualTo("ab\ud83d\ude00def");
    assertThat(Format.cut("ab\ud83d\ude00defg", 6)).isEqualTo("ab\ud83d\ude00...");
    assertThat(Format.cut("abcdef", 2)).isEqualTo("..");
  }

  @Test
  void shouldAlignColumns() {
    assertThat(Format.table(List.of(List.of("A", "B"), List.of("long", "x")))).containsExactly(
      "A     B",
      "long  x"
    );
  }
}
