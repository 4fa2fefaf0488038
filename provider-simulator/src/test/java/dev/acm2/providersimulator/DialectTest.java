package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What all dialects have in common: one planner, one ledger, one way to name a key.
class DialectTest {

  private static final String MODEL = "some-model";
  private static final JsonNode SCHEMA = JSON.readTree(
    """
    {"type":"object","properties":{
      "winner":{"type":"string","enum":["A","B"]},
      "scores":{"type":"array","minItems":2,"maxItems":2,"items":{
        "type":"integer","minimum":1,"maximum":5}}}}"""
  );

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerAndShowTheEvidence(Dialect dialect) throws Exception {
    HttpResponse<String> answer = ask(dialect, Wire.asking(dialect, MODEL, "# Order 14265"));

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Wire.text(dialect, body)).startsWith("# Order 14265\n\n## ");
    assertThat(Wire.searched(dialect, body)).isTrue();
    assertThat(Wire.reasoned(dialect, body)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void shouldShowNoEvidenceOfWhatWasNotAsked(Dialect dialect) throws Exception {
    JsonNode body = JSON.readTree(ask(dialect, Wire.plain(dialect, MODEL, "Hello")).body());

    assertThat(Wire.text(dialect, body)).startsWith("# Hello");
    assertThat(Wire.searched(dialect, body)).isFalse();
    assertThat(Wire.reasoned(dialect, body)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void shouldFollowTheSchema(Dialect dialect) throws Exception {
    HttpResponse<String> answer = ask(dialect, Wire.asking(dialect, MODEL, "Hello", SCHEMA));

    JsonNode value = JSON.readTree(Wire.text(dialect, JSON.readTree(answer.body())));
    assertThat(value.path("winner").asString()).isIn("A", "B");
    assertThat(value.path("scores"))
      .hasSize(2)
      .allSatisfy(each -> assertThat(each.asInt()).isBetween(1, 5));
  }

  @ParameterizedTest
  @EnumSource
  void shouldSendAScriptedTextWhole(Dialect dialect) throws Exception {
    String text = "# Title\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n";
    provider.simulator.script(MODEL, Behaviour.answer(text));

    JsonNode body = JSON.readTree(
      ask(dialect, Wire.asking(dialect, MODEL, "# Order 14265")).body()
    );

    assertThat(Wire.text(dialect, body)).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(names = { "GEMINI", "ANTHROPIC" })
  void shouldAnswerTheSameForTheSameSeed(Dialect dialect) throws Exception {
    String first = ask(dialect, Wire.asking(dialect, MODEL, "Hello")).body();

    try (SimulatedProvider same = new SimulatedProvider(SimulatedProvider.immediate())) {
      assertThat(same.post(dialect, MODEL, Wire.asking(dialect, MODEL, "Hello")).body()).isEqualTo(
        first
      );
    }
    assertThat(ask(dialect, Wire.asking(dialect, MODEL, "Hello")).body()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRecordTheCallWithoutItsKey(Dialect dialect) throws Exception {
    ask(dialect, Wire.plain(dialect, MODEL, "Hello"));

    LedgerEntry entry = provider.lastEntry();
    assertThat(entry.path()).isEqualTo(Wire.path(dialect, MODEL));
    assertThat(entry.model()).isEqualTo(MODEL);
    assertThat(entry.keyHash()).isEqualTo(Draws.sha256Hex(KEY).substring(0, 12));
    assertThat(entry.promptHash()).isEqualTo(Draws.sha256Hex("Hello"));
    assertThat(entry.outcome()).isEqualTo(LedgerEntry.OK);
    assertThat(provider.control("GET", "/__ledger", "").body()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "RESPONSES,        401, invalid_api_key",
    "CHAT_COMPLETIONS, 401, invalid_api_key",
    "OPENROUTER,       401, 401",
    "GEMINI,           403, PERMISSION_DENIED",
    "ANTHROPIC,        401, authentication_error",
  })
  void shouldTakeTheKeyFromItsOwnHeaderAlone(Dialect dialect, int status, String error)
    throws Exception {
    String body = Wire.plain(dialect, MODEL, "Hello").toString();
    Map<String, String> elsewhere = Map.of("api-key", KEY, "anthropic-version", "2023-06-01");

    HttpResponse<String> answer = provider.post(
      Wire.path(dialect, MODEL) + "?key=" + KEY,
      body,
      elsewhere
    );

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Wire.error(dialect, JSON.readTree(answer.body()))).isEqualTo(error);
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.UNAUTHORIZED);
    assertThat(provider.lastEntry().keyHash()).isNull();
    assertThat(provider.control("GET", "/__ledger", "").body()).doesNotContain(KEY);
  }

  @Test
  void shouldNameTheKeyThatCameInTheHeaderOfAnotherDialect() throws Exception {
    String body = Wire.plain(Dialect.GEMINI, MODEL, "Hello").toString();

    HttpResponse<String> answer = provider.post(
      Wire.path(Dialect.GEMINI, MODEL),
      body,
      Wire.headers(Dialect.ANTHROPIC, KEY)
    );

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(provider.lastEntry().keyHash()).isEqualTo(Draws.sha256Hex(KEY).substring(0, 12));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/completions,                       RESPONSES,  ''",
    "/api/v1/completions,                   OPENROUTER, 404",
    "/v1beta/models/m:streamGenerateContent,GEMINI,     NOT_FOUND",
    "/v1beta/models/:generateContent,       GEMINI,     NOT_FOUND",
    "/v1/messages/batches,                  ANTHROPIC,  not_found_error",
  })
  void shouldRefuseAnUnknownPathInTheShapeOfItsDialect(String path, Dialect near, String error)
    throws Exception {
    HttpResponse<String> answer = provider.post(path, "{}", Wire.headers(near, KEY));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Wire.error(near, JSON.readTree(answer.body()))).isEqualTo(error);
    assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseABodyThatIsNoJsonObject(Dialect dialect) throws Exception {
    for (String body : new String[] { "{", "[]", "{}" }) {
      HttpResponse<String> answer = provider.post(
        Wire.path(dialect, MODEL),
        body,
        Wire.headers(dialect, KEY)
      );

      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).path("error").path("message").asString())
        .as(body)
        .isNotBlank();
      assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.BAD_REQUEST);
    }
  }

  private HttpResponse<String> ask(Dialect dialect, JsonNode request) throws Exception {
    return provider.post(dialect, MODEL, request);
  }
}
