package dev.acm2.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFilesTest {

  @ParameterizedTest
  @CsvSource({
    "eo-14265.md, eo-14265.md",
    "Order no. 1 (draft).md, Order_no._1_draft_.md",
    "../../etc/passwd, _.._etc_passwd",
    "..\\..\\boot.ini, _.._boot.ini",
    "a/b:c|d?e*f\"g<h>i, a_b_c_d_e_f_g_h_i",
    "..., _",
    ".htaccess, htaccess",
    "con, _con",
    "LPT1.txt, _LPT1.txt",
    "Überblick 日本.md, Überblick_日本.md",
  })
  void shouldLeadNowhereElse(String name, String safe) {
    assertThat(DocumentFiles.safe(name)).isEqualTo(safe);
  }

  @ParameterizedTest
  @ValueSource(strings = { "\u0000\n\t", "  ", "a\u202Egpj.exe", "-" })
  void shouldKeepNothingThatIsNoLetterOrDigit(String name) {
    assertThat(DocumentFiles.safe(name)).matches("[\\p{L}\\p{N}._-]+");
  }

  @Test
  void shouldCutLongNames() {
    assertThat(DocumentFiles.safe("x".repeat(200))).hasSize(80);
    String letters = "x".repeat(79) + "\uD835\uDC00";
    assertThat(DocumentFiles.safe(letters)).isEqualTo("x".repeat(79));
  }
}
