package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.responses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DraftTest {

  private static final String PROMPT = "Summarise.\n\n# Executive Order 14265\n\nSection 1.";

  @Test
  void shouldWriteMarkdownAboutThePrompt() {
    Draft draft = compose(responses("gpt-5", PROMPT), 1, 1);

    assertThat(draft.text()).startsWith("# Executive Order 14265\n\n## ").hasSizeGreaterThan(1500);
    assertThat(draft.inputTokens()).isEqualTo((PROMPT.length() + 3) / 4);
    assertThat(draft.outputTokens()).isEqualTo((draft.text().length() + 3) / 4);
    assertThat(draft.finish()).isEqualTo(Draft.Finish.STOP);
  }

  @Test
  void shouldDependOnSeedModelPromptAndRepeatAlone() {
    Draft draft = compose(responses("gpt-5", PROMPT), 1, 1);

    assertThat(compose(responses("gpt-5", PROMPT), 1, 1)).isEqualTo(draft);
    assertThat(compose(responses("gpt-5", PROMPT), 2, 1).text()).isNotEqualTo(draft.text());
    assertThat(compose(responses("gpt-5", PROMPT), 1, 2).text()).isNotEqualTo(draft.text());
    assertThat(compose(responses("gpt-5", PROMPT + "!"), 1, 1).text()).isNotEqualTo(draft.text());
    assertThat(compose(responses("gpt-5-mini", PROMPT), 1, 1).text()).isNotEqualTo(draft.text());
  }

  @Test
  void shouldCiteAtThePositionsItNames() {
    ObjectNode request = responses("gpt-5", PROMPT);
    request.putArray("tools").addObject().put("type", "web_search");

    Draft draft = compose(request, 1, 1);

    assertThat(draft.citations())
      .isNotEmpty()
      .allSatisfy(each ->
        assertThat(draft.text().substring(each.start(), each.end()))
          .startsWith("([source-")
          .endsWith(each.url() + "))")
      );
    assertThat(draft.withoutSearch().text()).doesNotContain("source-").contains("## ");
  }

  @Test
  void shouldKeepWithinTheTokenLimitWhileThereIsRoomForASection() {
    for (int limit : new int[] { 600, 1000, 2000, 8000 }) {
      assertThat(IntStream.range(0, 200).mapToObj(repeat -> limited(limit, repeat)))
        .allMatch(draft -> draft.outputTokens() <= limit)
        .allMatch(draft -> draft.finish() == Draft.Finish.STOP);
    }
  }

  @Test
  void shouldStopAtATokenLimitThatIsTooSmall() {
    Draft draft = limited(20, 1);

    assertThat(draft.finish()).isEqualTo(Draft.Finish.LENGTH);
    assertThat(draft.outputTokens()).isEqualTo(20);
  }

  @Test
  void shouldCountARepeatedLongPromptAsCached() {
    ObjectNode request = responses("gpt-5", "word ".repeat(2000));

    assertThat(compose(request, 1, 1).cachedTokens()).isZero();
    assertThat(compose(request, 1, 2).cachedTokens()).isEqualTo(2432);
  }

  @Test
  void shouldFollowTheSchemaWhereOneIsAsked() {
    ObjectNode request = responses("gpt-5", PROMPT);
    ObjectNode format = request.putObject("text").putObject("format").put("type", "json_schema");
    format.set(
      "schema",
      JSON.readTree(
        """
        {"type":"object","properties":{
          "winner_doc_id":{"type":"string","enum":["A","B"]},
          "evaluations":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"object",
            "properties":{"score":{"type":"integer","minimum":1,"maximum":5}}}}}}"""
      )
    );

    JsonNode answer = JSON.readTree(compose(request, 1, 1).text());

    assertThat(answer.path("winner_doc_id").asString()).isIn("A", "B");
    assertThat(answer.path("evaluations"))
      .hasSize(2)
      .allSatisfy(each -> assertThat(each.path("score").asInt()).isBetween(1, 5));
  }

  private static Draft limited(int limit, int repeat) {
    ObjectNode request = responses("gpt-5", PROMPT).put("max_output_tokens", limit);
    request.putArray("tools").addObject().put("type", "web_search");
    request.putObject("reasoning").put("effort", "low");
    return compose(request, 1, repeat);
  }

  private static Draft compose(ObjectNode request, long seed, int repeat) {
    ModelCall call = (ModelCall) ModelCall.read(
      Dialect.RESPONSES,
      Dialect.RESPONSES.path,
      JSON.writeValueAsString(request),
      JSON
    );
    String key = call.model() + "|" + call.promptHash() + "|" + repeat;
    Composer composer = new Composer(new Draws(seed), () -> JudgeOptions.DEFAULTS, JSON);
    return composer.compose(new Asked(call, null, new Occurrence(key, key, repeat, 1)));
  }
}
