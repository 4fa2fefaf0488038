package dev.acm2.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private static final String OBJECT =
    "{\"winner\":\"A\",\"reason\":\"uses ```code``` and } well\"}";

  @ParameterizedTest
  @ValueSource(
    strings = {
      "%s",
      "  \n%s\n ",
      "```json\n%s\n```",
      "```JSON\n%s\n```",
      "```\n%s\n```",
      "Here you are:\n```json\n%s\n```\nI hope {that} helps.",
      "My verdict is %s as asked.",
    }
  )
  void shouldFindTheObjectInAnAnswer(String frame) {
    // given
    String object = "{\"winner\":\"A\",\"reason\":\"clear\"}";
    // when / then
    assertThat(JsonText.of(frame.formatted(object))).hasValue(object);
  }

  @Test
  void shouldKeepFencesAndBracesInsideTheObject() {
    assertThat(JsonText.of(OBJECT)).hasValue(OBJECT);
    assertThat(JsonText.of("Here: " + OBJECT)).hasValue(OBJECT);
    assertThat(JsonText.of("```json\n" + OBJECT + "\n```")).hasValue(OBJECT);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "",
      "A is better",
      "{\"winner\":",
      "[1,2]",
      "\"A\"",
      "{\"a\":1} {\"a\":2}",
      "```json\n{\"a\":\n```\nIt broke off. Once more: {\"a\":2}",
      "```json\n{\"a\":1}\n```\nor rather\n```json\n{\"a\":2}\n```",
    }
  )
  void shouldFindNothingWhereNoSingleObjectIsMeant(String answer) {
    assertThat(JsonText.of(answer)).isEmpty();
  }

  @Test
  void shouldAcceptTheSameObjectTwice() {
    assertThat(JsonText.of("```\n{\"a\":1}\n```\nagain:\n```\n{\"a\":1}\n```")).hasValue(
      "{\"a\":1}"
    );
  }

  @Test
  void shouldStandDeepNesting() {
    assertThat(JsonText.of("{\"a\":".repeat(100_000))).isEmpty();
  }
}
