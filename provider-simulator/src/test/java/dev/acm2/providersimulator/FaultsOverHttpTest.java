package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.MODEL;
import static dev.acm2.providersimulator.SimulatedProvider.await;
import static dev.acm2.providersimulator.SimulatedProvider.responses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FaultsOverHttpTest {

  private final SimulatedProvider provider = new SimulatedProvider(
    SimulatedProvider.immediate(Duration.ofSeconds(3))
  );

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMIT,429,rate_limit_exceeded",
    "SERVER_ERROR,500,",
    "OVERLOADED,503,server_is_overloaded",
  })
  void shouldAnswerErrorsInTheShapeOfTheProvider(Fault fault, int status, String code)
    throws Exception {
    HttpResponse<String> answer = postWith(fault);

    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error.path("message").asString()).isNotBlank();
    assertThat(error.path("code").isNull() ? null : error.path("code").asString()).isEqualTo(code);
    assertThat(answer.headers().firstValue("retry-after").orElse("")).isEqualTo(
      fault == Fault.RATE_LIMIT ? "3" : ""
    );
    assertThat(provider.lastEntry().outcome()).isEqualTo(fault.name());
    assertThat(provider.lastEntry().status()).isEqualTo(status);
  }

  @Test
  void shouldHangBeforeHeadersUntilTheClientGoes() {
    provider.simulator.always(MODEL, Fault.HANG_BEFORE_HEADERS);

    CompletableFuture<?> answer = provider.postAsync(MODEL, "a");
    await(() -> provider.simulator.ledger().inFlight() == 1);
    assertThat(answer).isNotDone();
    answer.cancel(true);

    LedgerEntry entry = provider.lastFinished();
    assertThat(entry.outcome()).isEqualTo("HANG_BEFORE_HEADERS");
    assertThat(entry.status()).isNull();
    assertThat(entry.clientGone()).isTrue();
  }

  @Test
  void shouldHangInTheMiddleOfTheBody() throws Exception {
    provider.simulator.always(MODEL, Fault.HANG_MID_BODY);

    HttpResponse<InputStream> answer = provider.stream(request());
    int length = answer.headers().firstValue("content-length").map(Integer::parseInt).orElse(0);
    try (InputStream body = answer.body()) {
      assertThat(body.readNBytes(length / 2)).hasSize(length / 2);
      assertThat(provider.lastEntry().outcome()).isEqualTo(LedgerEntry.IN_FLIGHT);
    }

    assertThat(provider.lastFinished().outcome()).isEqualTo("HANG_MID_BODY");
    assertThat(provider.lastFinished().status()).isEqualTo(200);
  }

  @Test
  void shouldTrickle() throws Exception {
    provider.simulator.always(MODEL, Fault.TRICKLE);

    long start = System.nanoTime();
    try (InputStream body = provider.stream(request()).body()) {
      assertThat(body.readNBytes(2)).isEqualTo("{\"".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(1900).toNanos());
    assertThat(provider.lastFinished().outcome()).isEqualTo("TRICKLE");
  }

  @Test
  void shouldTruncateTheJson() throws Exception {
    HttpResponse<String> answer = postWith(Fault.TRUNCATED_JSON);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> JSON.readTree(answer.body())).isInstanceOf(JacksonException.class);
    assertThat(provider.lastEntry().outcome()).isEqualTo("TRUNCATED_JSON");
  }

  @Test
  void shouldAnswerEmptyText() throws Exception {
    JsonNode body = JSON.readTree(postWith(Fault.EMPTY_200).body());

    assertThat(body.path("status").asString()).isEqualTo("completed");
    assertThat(text(body)).isEmpty();
    assertThat(provider.lastEntry().outcome()).isEqualTo("EMPTY_200");
  }

  @ParameterizedTest
  @EnumSource(names = { "RESET", "RESET_MID_BODY" })
  void shouldResetTheConnection(Fault fault) {
    assertThatThrownBy(() -> postWith(fault)).isInstanceOf(IOException.class);

    assertThat(provider.simulator.ledger().entries()).hasSize(1);
    assertThat(provider.lastFinished().outcome()).isEqualTo(fault.name());
    assertThat(provider.lastFinished().status()).isEqualTo(fault == Fault.RESET ? null : 200);
  }

  @ParameterizedTest
  @CsvSource({ "INCOMPLETE,max_output_tokens", "CONTENT_FILTER,content_filter" })
  void shouldStopTheText(Fault fault, String reason) throws Exception {
    JsonNode body = JSON.readTree(postWith(fault).body());

    assertThat(body.path("status").asString()).isEqualTo("incomplete");
    assertThat(body.path("incomplete_details").path("reason").asString()).isEqualTo(reason);
    assertThat(text(body)).isNotEmpty();
  }

  @Test
  void shouldLeaveOutGroundingOrReasoning() throws Exception {
    JsonNode ungrounded = JSON.readTree(postWith(Fault.NO_GROUNDING).body());
    JsonNode unreasoned = JSON.readTree(postWith(Fault.NO_REASONING).body());

    assertThat(ungrounded.path("output").findValuesAsString("type"))
      .contains("reasoning")
      .doesNotContain("web_search_call");
    assertThat(unreasoned.path("output").findValuesAsString("type"))
      .contains("web_search_call")
      .doesNotContain("reasoning");
  }

  @Test
  void shouldFollowAScriptAndThenItsStandingBehaviour() throws Exception {
    provider.simulator.always(MODEL, Behaviour.status(529));
    provider.simulator.script(
      MODEL,
      Fault.OVERLOADED,
      Fault.OVERLOADED,
      Behaviour.answer("{\"winner\":\"A\"}")
    );

    assertThat(provider.post(request()).statusCode()).isEqualTo(503);
    assertThat(provider.post(request()).statusCode()).isEqualTo(503);
    assertThat(text(JSON.readTree(provider.post(request()).body()))).isEqualTo(
      "{\"winner\":\"A\"}"
    );
    assertThat(provider.post(request()).statusCode()).isEqualTo(529);
    assertThat(provider.post(responses("gpt-5", "Hello")).statusCode()).isEqualTo(200);
    provider.simulator.clearScripts();
    assertThat(provider.post(request()).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSendScriptedRetryAfterAndBodiesAsTheyAre() throws Exception {
    provider.simulator.script(
      MODEL,
      Behaviour.status(429, "Wed, 21 Oct 2065 07:28:00 GMT"),
      Behaviour.raw(200, "text/html", "<html>")
    );

    assertThat(provider.post(request()).headers().firstValue("retry-after")).hasValue(
      "Wed, 21 Oct 2065 07:28:00 GMT"
    );
    assertThat(provider.post(request()).body()).isEqualTo("<html>");
  }

  @Test
  void shouldTakeDrawnFaultsInForceWhenTheRequestArrives() throws Exception {
    provider.simulator.faults(FaultShares.of(Fault.SERVER_ERROR, 1));
    assertThat(provider.post(request()).statusCode()).isEqualTo(500);

    provider.simulator.faults(FaultShares.NONE);
    assertThat(provider.post(request()).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldNoticeAClientThatGoesDuringAnOrdinaryAnswer() {
    provider.simulator.always(MODEL, Behaviour.after(Duration.ofHours(1), Behaviour.OK));

    CompletableFuture<?> answer = provider.postAsync(MODEL, "a");
    await(() -> provider.simulator.ledger().inFlight() == 1);
    answer.cancel(true);

    assertThat(provider.lastFinished().outcome()).isEqualTo(LedgerEntry.CLIENT_GONE);
    await(() -> provider.simulator.ledger().inFlight() == 0);
  }

  @Test
  void shouldEndHangingExchangesWhenItCloses() {
    provider.simulator.script(
      MODEL,
      Fault.HANG_BEFORE_HEADERS,
      Behaviour.after(Duration.ofHours(1), Behaviour.OK)
    );
    CompletableFuture<?> first = provider.postAsync(MODEL, "a");
    await(() -> provider.simulator.ledger().inFlight() == 1);
    CompletableFuture<?> second = provider.postAsync(MODEL, "b");
    await(() -> provider.simulator.ledger().inFlight() == 2);

    provider.simulator.close();

    assertThat(provider.simulator.ledger().entries())
      .extracting(LedgerEntry::outcome, LedgerEntry::clientGone)
      .containsExactly(
        tuple("HANG_BEFORE_HEADERS", false),
        tuple(LedgerEntry.SIMULATOR_CLOSED, false)
      );
    await(() -> first.isCompletedExceptionally() && second.isCompletedExceptionally());
  }

  private HttpResponse<String> postWith(Fault fault) throws Exception {
    provider.simulator.script(MODEL, fault);
    return provider.post(request());
  }

  private static ObjectNode request() {
    ObjectNode request = responses(MODEL, "# Order 14265");
    request.putArray("tools").addObject().put("type", "web_search");
    request.putObject("reasoning").put("effort", "low");
    return request;
  }

  private static String text(JsonNode body) {
    JsonNode message = body.path("output").path(body.path("output").size() - 1);
    return message.path("content").path(0).path("text").asString();
  }
}
