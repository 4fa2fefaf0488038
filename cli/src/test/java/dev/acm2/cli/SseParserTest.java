package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.SseParser.SseEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SseParserTest {

  @Test
  void shouldReadIdEventAndDataOfSeveralLines() {
    assertThat(parse("id: 1.2.3", "event: delta", "data: {", "data:  }", "")).containsExactly(
      new SseEvent("1.2.3", "delta", "{\n }")
    );
  }

  @Test
  void shouldPassOverCommentsAndUnknownFields() {
    assertThat(parse(": heartbeat", "", "retry: 5", "data:x", "")).containsExactly(
      new SseEvent(null, "message", "x")
    );
  }

  @Test
  void shouldKeepTheIdAndForgetTheEventName() {
    assertThat(parse("id: 7", "event: a", "data: 1", "", "data: 2", "")).containsExactly(
      new SseEvent("7", "a", "1"),
      new SseEvent("7", "message", "2")
    );
  }

  @Test
  void shouldNotGiveAnEventThatWasCutOff() {
    assertThat(parse("id: 7", "event: a", "data: 1")).isEmpty();
  }

  private static List<SseEvent> parse(String... lines) {
    SseParser parser = new SseParser();
    return Stream.of(lines).map(parser::line).flatMap(Optional::stream).toList();
  }
}
