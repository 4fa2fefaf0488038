package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Every fault in every dialect, as its client sees it.
class DialectFaultsTest {

  private static final String MODEL = "some-model";

  private final SimulatedProvider provider = new SimulatedProvider(
    SimulatedProvider.immediate(Duration.ofSeconds(3))
  );

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RESPONSES,        RATE_LIMIT,   429, rate_limit_exceeded",
    "RESPONSES,        OVERLOADED,   503, server_is_overloaded",
    "CHAT_COMPLETIONS, RATE_LIMIT,   429, rate_limit_exceeded",
    "CHAT_COMPLETIONS, OVERLOADED,   503, server_is_overloaded",
    "OPENROUTER,       RATE_LIMIT,   429, 429",
    "OPENROUTER,       SERVER_ERROR, 500, 500",
    "OPENROUTER,       OVERLOADED,   503, 503",
    "GEMINI,           RATE_LIMIT,   429, RESOURCE_EXHAUSTED",
    "GEMINI,           SERVER_ERROR, 500, INTERNAL",
    "GEMINI,           OVERLOADED,   503, UNAVAILABLE",
    "ANTHROPIC,        RATE_LIMIT,   429, rate_limit_error",
    "ANTHROPIC,        SERVER_ERROR, 500, api_error",
    "ANTHROPIC,        OVERLOADED,   529, overloaded_error",
  })
  void shouldRefuseInTheShapeOfTheDialect(Dialect dialect, Fault fault, int status, String error)
    throws Exception {
    HttpResponse<String> answer = postWith(dialect, fault);

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Wire.error(dialect, body)).isEqualTo(error);
    assertThat(body.path("error").path("message").asString()).isNotBlank();
    assertThat(answer.headers().firstValue("retry-after").orElse("")).isEqualTo(
      fault == Fault.RATE_LIMIT ? "3" : ""
    );
    assertThat(provider.lastEntry().outcome()).isEqualTo(fault.name());
    assertThat(provider.lastEntry().status()).isEqualTo(status);
    assertThat(provider.lastEntry().model()).isEqualTo(MODEL);
  }

  @ParameterizedTest
  @CsvSource({
    "RESPONSES,        INCOMPLETE,     max_output_tokens, true,  true,  true",
    "CHAT_COMPLETIONS, INCOMPLETE,     length,            true,  true,  true",
    "OPENROUTER,       EMPTY_200,      stop,              false, false, true",
    "OPENROUTER,       INCOMPLETE,     length,            true,  true,  true",
    "OPENROUTER,       CONTENT_FILTER, content_filter,    true,  true,  true",
    "OPENROUTER,       NO_GROUNDING,   stop,              true,  false, true",
    "OPENROUTER,       NO_REASONING,   stop,              true,  true,  false",
    "GEMINI,           EMPTY_200,      STOP,              false, true,  true",
    "GEMINI,           INCOMPLETE,     MAX_TOKENS,        true,  true,  true",
    "GEMINI,           CONTENT_FILTER, SAFETY,            false, false, true",
    "GEMINI,           NO_GROUNDING,   STOP,              true,  false, true",
    "GEMINI,           NO_REASONING,   STOP,              true,  true,  false",
    "ANTHROPIC,        EMPTY_200,      end_turn,          false, true,  true",
    "ANTHROPIC,        INCOMPLETE,     max_tokens,        true,  true,  true",
    "ANTHROPIC,        CONTENT_FILTER, refusal,           true,  true,  true",
    "ANTHROPIC,        NO_GROUNDING,   end_turn,          true,  false, true",
    "ANTHROPIC,        NO_REASONING,   end_turn,          true,  true,  false",
  })
  void shouldLeaveOutWhatTheFaultTakes(
    Dialect dialect,
    Fault fault,
    String finish,
    boolean text,
    boolean search,
    boolean reasoning
  ) throws Exception {
    HttpResponse<String> answer = postWith(dialect, fault);

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Wire.finish(dialect, body)).isEqualTo(finish);
    assertThat(Wire.text(dialect, body).isEmpty()).isEqualTo(!text);
    assertThat(Wire.searched(dialect, body)).isEqualTo(search);
    assertThat(Wire.reasoned(dialect, body)).isEqualTo(reasoning);
    assertThat(provider.lastEntry().outcome()).isEqualTo(fault.name());
  }

  @ParameterizedTest
  @EnumSource
  void shouldTruncateTheJson(Dialect dialect) throws Exception {
    HttpResponse<String> answer = postWith(dialect, Fault.TRUNCATED_JSON);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> JSON.readTree(answer.body())).isInstanceOf(JacksonException.class);
    assertThat(provider.lastEntry().outcome()).isEqualTo("TRUNCATED_JSON");
  }

  @ParameterizedTest
  @EnumSource
  void shouldResetTheConnection(Dialect dialect) {
    assertThatThrownBy(() -> postWith(dialect, Fault.RESET)).isInstanceOf(IOException.class);
    assertThat(provider.lastFinished().outcome()).isEqualTo("RESET");
    assertThat(provider.lastFinished().status()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void shouldResetInTheMiddleOfTheBody(Dialect dialect) {
    assertThatThrownBy(() -> postWith(dialect, Fault.RESET_MID_BODY)).isInstanceOf(
      IOException.class
    );
    assertThat(provider.lastFinished().outcome()).isEqualTo("RESET_MID_BODY");
    assertThat(provider.lastFinished().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void shouldHangBeforeHeadersUntilTheClientGoes(Dialect dialect) {
    CompletableFuture<?> answer = streamWith(dialect, Fault.HANG_BEFORE_HEADERS);
    await(() -> provider.simulator.ledger().inFlight() == 1);
    assertThat(answer).isNotDone();
    answer.cancel(true);

    assertThat(provider.lastFinished().outcome()).isEqualTo("HANG_BEFORE_HEADERS");
    assertThat(provider.lastFinished().status()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHangInTheMiddleOfTheBody(Dialect dialect) throws Exception {
    assertSendsSomeAndNeverEnds(dialect, Fault.HANG_MID_BODY);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrickle(Dialect dialect) throws Exception {
    assertSendsSomeAndNeverEnds(dialect, Fault.TRICKLE);
  }

  private void assertSendsSomeAndNeverEnds(Dialect dialect, Fault fault)
    throws IOException, InterruptedException, ExecutionException {
    HttpResponse<InputStream> answer = streamWith(dialect, fault).get();
    try (InputStream body = answer.body()) {
      assertThat(body.read()).isEqualTo('{');
      assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.IN_FLIGHT);
    }

    assertThat(provider.lastFinished().outcome()).isEqualTo(fault.name());
    assertThat(provider.lastFinished().clientGone()).isTrue();
  }

  private HttpResponse<String> postWith(Dialect dialect, Fault fault) throws Exception {
    provider.simulator.script(MODEL, fault);
    return provider.post(dialect, MODEL, Wire.asking(dialect, MODEL, "# Order 14265"));
  }

  private CompletableFuture<HttpResponse<InputStream>> streamWith(Dialect dialect, Fault fault) {
    provider.simulator.script(MODEL, fault);
    return provider.streamAsync(dialect, MODEL, Wire.asking(dialect, MODEL, "# Order 14265"));
  }
}
