package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CappedBytesTest {

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "''|''",
      "abc|abc",
      "abcdefgh|abcdefgh",
      "abcdefghi|'abcd\n… 1 bytes left out …\nfghi'",
      "abcdefghijklmnopqrst|'abcd\n… 12 bytes left out …\nqrst'",
    }
  )
  void shouldKeepTheBeginningAndTheEnd(String written, String kept) {
    for (int piece = 1; piece <= 7; piece++) {
      CappedBytes bytes = new CappedBytes(8);
      byte[] all = written.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < all.length; from += piece) {
        int length = Math.min(piece, all.length - from);
        bytes.write(Arrays.copyOfRange(all, from, from + length), length);
      }
      assertThat(new String(bytes.kept(), StandardCharsets.UTF_8)).isEqualTo(kept);
    }
  }
}
