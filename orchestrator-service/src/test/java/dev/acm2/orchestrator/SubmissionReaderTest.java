package dev.acm2.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionReaderTest {

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    quoteCharacter = '`',
    value = {
      "{\"name\": | malformed-json | 400",
      "[1,2 | malformed-json | 400",
      "not json | malformed-json | 400",
      "{} {} | malformed-json | 400",
      "null | malformed-json | 400",
      "{\"name\":\"a\",\"name\":\"b\"} | duplicate-key | 400",
      "{\"limits\":{\"weight\":1,\"weight\":2}} | duplicate-key | 400",
      "{\"baseUrl\":\"http://x\"} | unknown-field | 400",
      "{\"limits\":{\"speed\":1}} | unknown-field | 400",
      "{\"generation\":{\"models\":[{\"iterations\":1.5}]}} | validation | 422",
      "{\"generation\":{\"models\":[{\"iterations\":\"3\"}]}} | validation | 422",
      "{\"generation\":{\"models\":[{\"iterations\":1e9}]}} | validation | 422",
      "{\"limits\":{\"callDeadline\":\"soon\"}} | validation | 422",
      "{\"limits\":{\"onWorkerLost\":\"PANIC\"}} | validation | 422",
      "{\"documents\":\"all\"} | validation | 422",
    }
  )
  void shouldRefuseWhatIsNoSubmission(String body, String slug, int status) {
    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> SubmissionReader.read(body.getBytes(StandardCharsets.UTF_8)))
      .satisfies(problem -> {
        assertThat(problem.slug()).isEqualTo(slug);
        assertThat(problem.status()).isEqualTo(status);
      });
  }

  @Test
  void shouldNameTheFieldThatIsToBlame() {
    String body = "{\"generation\":{\"models\":[{\"iterations\":1},{\"iterations\":\"3\"}]}}";

    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> SubmissionReader.read(body.getBytes(StandardCharsets.UTF_8)))
      .matches(p -> "generation.models[1].iterations".equals(p.field()));
  }

  @Test
  void shouldRefuseAnEmptyBodyDeepNestingAndBrokenUtf8() {
    assertSlug(null, "empty-body");
    assertSlug(new byte[0], "empty-body");
    assertSlug("[".repeat(10_000).getBytes(StandardCharsets.UTF_8), "too-deep");
    assertSlug(new byte[] { '{', '"', (byte) 0xff, '"', '}' }, "invalid-encoding");
  }

  private static void assertSlug(byte @org.jspecify.annotations.Nullable [] body, String slug) {
    assertThatExceptionOfType(Problem.class)
      .isThrownBy(() -> SubmissionReader.read(body))
      .matches(problem -> problem.slug().equals(slug));
  }
}
