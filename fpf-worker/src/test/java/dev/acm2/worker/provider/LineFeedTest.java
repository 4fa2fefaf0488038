package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineFeedTest {

  private final List<String> lines = new ArrayList<>();
  private final LineFeed feed = new LineFeed(lines::add);

  @Test
  void shouldHandOnEachLineWhenItIsWhole() {
    write("one\ntw");
    assertThat(lines).containsExactly("one");
    write("o\n\n \nthr");
    feed.end();
    feed.end();
    assertThat(lines).containsExactly("one", "two", "thr");
  }

  @Test
  void shouldPutCharactersTogetherThatArriveInPieces() {
    byte[] bytes = "ü\n".getBytes(StandardCharsets.UTF_8);
    for (byte each : bytes) {
      feed.write(new byte[] { each }, 1);
    }
    assertThat(lines).containsExactly("ü");
  }

  @Test
  void shouldKeepOnlyTheBeginningOfALineWithoutEnd() {
    for (int i = 0; i < 100; i++) {
      write("x".repeat(10_000));
    }
    write("\nnext\n");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).hasSize(LineFeed.LONGEST);
    assertThat(lines.getLast()).isEqualTo("next");
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    feed.write(bytes, bytes.length);
  }
}
