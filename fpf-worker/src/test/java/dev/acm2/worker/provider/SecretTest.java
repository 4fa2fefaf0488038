package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  private static final String KEY = "canary-key-0123456789";
  private final Secret secret = new Secret(KEY + "\n");

  @Test
  void shouldNeverShowItself() {
    assertThat(secret.toString()).isEqualTo("***");
    assertThat(
      new Provider(
        "p",
        Protocol.OPENAI_RESPONSES,
        java.net.URI.create("http://x"),
        secret,
        true
      ).toString()
    ).doesNotContain(KEY);
  }

  @Test
  void shouldBeSentWithoutTheLineEndOfItsFile() {
    assertThat(secret.authorization()).isEqualTo("Bearer " + KEY);
    assertThat(secret.isSendable()).isTrue();
    assertThat(new Secret("two\nlines").isSendable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "wrong key canary-key-0123456789!",
      "Authorization: Bearer canary-key-0123456789",
      "{\"authorization\":\"Bearer other-token-42\"}",
      "Incorrect API key provided: sk-proj-abcdef********wxyz.",
      "https://host/path?key=other-token-42&x=1",
      "api_key=other-token-42",
      "bearer other-token-42",
      "x-goog-api-key: other-token-42",
      "wrong key AIzaSyA0123456789abcdef",
    }
  )
  void shouldScrubMessages(String text) {
    assertThat(secret.scrubMessage(text))
      .contains("***")
      .doesNotContain(KEY, "other-token-42", "sk-proj", "AIzaSy");
  }

  @Test
  void shouldScrubBytesAndLeaveTheRestAsItIs() {
    byte[] broken = { (byte) 0xff, 'a', (byte) 0xc3 };
    assertThat(secret.scrub(broken)).isSameAs(broken);
    byte[] echo = ("ü " + KEY + " ü").getBytes(StandardCharsets.UTF_8);
    assertThat(new String(secret.scrub(echo), StandardCharsets.UTF_8)).isEqualTo("ü *** ü");
  }

  @Test
  void shouldNotCutWordsOutOfTextsWhenThereIsNoKey() {
    assertThat(Secret.NONE.scrub("a text")).isEqualTo("a text");
  }
}
