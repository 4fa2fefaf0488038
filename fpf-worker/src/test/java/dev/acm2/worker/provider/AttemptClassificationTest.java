package dev.acm2.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallOptions;
import dev.acm2.contract.FailureKind;
import dev.acm2.contract.RunSpec.Demand;
import dev.acm2.contract.Timings;
import dev.acm2.contract.Usage;
import dev.acm2.worker.Answers;
import dev.acm2.worker.WorkItems;
import dev.acm2.worker.provider.AttemptOutcome.Failure;
import dev.acm2.worker.provider.AttemptOutcome.Success;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AttemptClassificationTest {

  private static final Instant NOW = Instant.parse("2025-12-20T21:48:29Z");
  private static final String KEY = "canary-key-0123456789";

  @Test
  void shouldTakeAValidAnswerOf381Bytes() {
    // given: the JSON verdict that was once refused for being small (R1)
    String verdict =
      "{\"evaluations\":[{\"criterion\":\"factuality\",\"score\":4,\"reason\":\"ok\"}]}";
    String padded = verdict + " ".repeat(381 - verdict.length());
    // when
    AttemptOutcome outcome = classify(200, Answers.responses(padded).toString());
    // then
    assertThat(padded).hasSize(381);
    assertThat(outcome).isInstanceOfSatisfying(Success.class, s ->
      assertThat(s.text()).isEqualTo(padded)
    );
  }

  @ParameterizedTest
  @ValueSource(strings = { "x", "0", "." })
  void shouldTakeTheSmallestText(String text) {
    assertThat(classify(200, Answers.responses(text).toString())).isInstanceOf(Success.class);
  }

  @ParameterizedTest
  @CsvSource({
    "301, BAD_REQUEST",
    "302, BAD_REQUEST",
    "400, BAD_REQUEST",
    "401, AUTH",
    "402, AUTH",
    "403, AUTH",
    "404, BAD_REQUEST",
    "408, BAD_REQUEST",
    "422, BAD_REQUEST",
    "429, RATE_LIMITED",
    "500, SERVER_ERROR",
    "502, SERVER_ERROR",
    "503, OVERLOADED",
    "504, SERVER_ERROR",
    "529, OVERLOADED",
  })
  void shouldJudgeByStatus(int status, FailureKind kind) {
    Failure failure = failure(classify(status, Answers.error("no", "some_code")));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.httpStatus()).isEqualTo(status);
  }

  @Test
  void shouldNotAskAnEmptyAccountAgain() {
    Failure failure = failure(
      classify(429, Answers.error("You exceeded your quota", "insufficient_quota"))
    );
    assertThat(failure.kind()).isEqualTo(FailureKind.AUTH);
    assertThat(failure.kind().retryable()).isFalse();
  }

  @Test
  void shouldKnowAnEmptyAccountByItsTypeToo() {
    String body = "{\"error\":{\"message\":\"no\",\"code\":null,\"type\":\"insufficient_quota\"}}";
    assertThat(failure(classify(429, body)).kind()).isEqualTo(FailureKind.AUTH);
  }

  @Test
  void shouldReadTheErrorsOfGoogle() {
    String limited =
      "{\"error\":{\"code\":429,\"message\":\"slow down\",\"status\":\"RESOURCE_EXHAUSTED\"," +
      "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\"}," +
      "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34.07s\"}]}}";
    Failure wait = failure(classify(429, limited));
    assertThat(wait.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(wait.retryAfter()).isEqualTo(Duration.ofSeconds(35));
    assertThat(wait.message()).isEqualTo("HTTP 429: slow down");

    String noKey =
      "{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\"," +
      "\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}";
    assertThat(failure(classify(400, noKey)).kind()).isEqualTo(FailureKind.AUTH);
  }

  @Test
  void shouldReadTheErrorsOfAnthropic() {
    String busy =
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
    Failure failure = failure(classify(529, busy));
    assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(failure.message()).isEqualTo("HTTP 529: Overloaded");
  }

  @Test
  void shouldRefuseRedirectsWithoutSayingWhereTo() {
    assertThat(failure(classify(302, "secret place")).message()).isEqualTo(
      "HTTP 302: redirect refused"
    );
  }

  @Test
  void shouldHandOnRetryAfter() {
    Arrived arrived = arrived(429, "{}", Map.of("retry-after", "7"));
    assertThat(
      failure(
        provider().classify(new ExchangeEnd.Complete(arrived), WorkItems.PLAIN, NOW)
      ).retryAfter()
    ).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource(
    delimiter = '|',
    value = {
      "''|EMPTY_OUTPUT",
      "'  \n '|EMPTY_OUTPUT",
      "<html>busy</html>|INVALID_OUTPUT",
      "[]|INVALID_OUTPUT",
      "3|INVALID_OUTPUT",
      "null|INVALID_OUTPUT",
      "{}|INVALID_OUTPUT",
      "{\"status\":\"completed\"} x|INVALID_OUTPUT",
      "{\"status\":\"completed\",\"output\":[{\"type\":\"mess|TRUNCATED_OUTPUT",
      "{\"status\":\"completed\",\"output\":[|TRUNCATED_OUTPUT",
      "{\"status\":|TRUNCATED_OUTPUT",
      "{\"status\":\"completed\",\"output\":[]}|EMPTY_OUTPUT",
      "{\"status\":\"completed\",\"output\":{}}|EMPTY_OUTPUT",
      "{\"status\":\"in_progress\",\"output\":[]}|INVALID_OUTPUT",
    }
  )
  void shouldJudgeBodies(String body, FailureKind kind) {
    assertThat(failure(classify(200, body)).kind()).isEqualTo(kind);
  }

  @Test
  void shouldJudgeBlankTextAsEmptyAndStillChargeIt() {
    Failure failure = failure(classify(200, Answers.responses(" \n\t ").toString()));
    assertThat(failure.kind()).isEqualTo(FailureKind.EMPTY_OUTPUT);
    assertThat(failure.bill().usage()).isEqualTo(new Usage(100, 20, 0, 0));
  }

  @Test
  void shouldReadBodiesWithByteOrderMarkAndRefuseBrokenUtf8() {
    assertThat(classify(200, "\ufeff" + Answers.responses("text"))).isInstanceOf(Success.class);
    byte[] broken = Answers.responses("te?t").toString().getBytes(StandardCharsets.UTF_8);
    broken[new String(broken, StandardCharsets.UTF_8).indexOf("?t")] = (byte) 0xff;
    Arrived arrived = new Arrived(200, Map.of(), broken, new Timings(Duration.ZERO, Duration.ZERO));
    assertThat(failure(classify(new ExchangeEnd.Complete(arrived))).kind()).isEqualTo(
      FailureKind.INVALID_OUTPUT
    );
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRED, OFF, NO_GROUNDING",
    "OFF, REQUIRED, NO_REASONING",
    "REQUIRED, REQUIRED, NO_GROUNDING",
  })
  void shouldDemandEvidence(Demand grounding, Demand reasoning, FailureKind kind) {
    // given: an answer that echoes what was asked for and proves nothing
    ObjectNode echo = Answers.responses("text");
    echo.putArray("tools").addObject().put("type", "web_search");
    echo.putObject("reasoning").put("effort", "high");
    // when
    AttemptOutcome outcome = provider().classify(
      new ExchangeEnd.Complete(arrived(200, echo.toString(), Map.of())),
      new CallOptions(100, grounding, reasoning),
      NOW
    );
    // then
    assertThat(failure(outcome).kind()).isEqualTo(kind);
  }

  @Test
  void shouldNotDemandWhatIsOnlyAllowed() {
    CallOptions allowed = new CallOptions(100, Demand.ALLOWED, Demand.ALLOWED);
    Arrived arrived = arrived(200, Answers.responses("text").toString(), Map.of());
    assertThat(provider().classify(new ExchangeEnd.Complete(arrived), allowed, NOW)).isInstanceOf(
      Success.class
    );
  }

  @Test
  void shouldJudgeTheEndsOfExchanges() {
    Arrived part = arrived(200, "{\"sta", Map.of());
    assertThat(failure(classify(new ExchangeEnd.Broken(part, true, "reset"))).kind()).isEqualTo(
      FailureKind.NETWORK
    );
    assertThat(
      failure(classify(new ExchangeEnd.TimedOut(part, Duration.ofSeconds(1)))).kind()
    ).isEqualTo(FailureKind.ATTEMPT_TIMEOUT);
    assertThat(failure(classify(new ExchangeEnd.TooLarge(part))).kind()).isEqualTo(
      FailureKind.INVALID_OUTPUT
    );
    assertThat(
      failure(classify(new ExchangeEnd.TimedOut(Arrived.nothing(), Duration.ofSeconds(1))))
    ).satisfies(failure -> {
      assertThat(failure.httpStatus()).isNull();
      assertThat(failure.message()).contains("1000 ms", "no answer had begun");
    });
  }

  @Test
  void shouldKeepMessagesShortAndFreeOfKeys() {
    String echo = "Incorrect API key provided: " + KEY + ". " + "x".repeat(5000);
    Failure failure = failure(classify(401, Answers.error(echo, "invalid_api_key")));
    assertThat(failure.message()).hasSizeLessThan(400).doesNotContain(KEY).contains("***");
    assertThat(failure(classify(500, "Authorization: Bearer " + KEY)).message()).doesNotContain(
      KEY
    );
    assertThat(failure(classify(200, KEY)).message()).doesNotContain(KEY);
  }

  private static AttemptOutcome classify(int status, String body) {
    return classify(new ExchangeEnd.Complete(arrived(status, body, Map.of())));
  }

  private static AttemptOutcome classify(ExchangeEnd end) {
    return provider().classify(end, WorkItems.PLAIN, NOW);
  }

  private static Provider provider() {
    return new Provider(
      "openai",
      Protocol.OPENAI_RESPONSES,
      URI.create("http://127.0.0.1/"),
      new Secret(KEY),
      true
    );
  }

  private static Arrived arrived(
    @Nullable Integer status,
    String body,
    Map<String, String> headers
  ) {
    return new Arrived(
      status,
      headers,
      body.getBytes(StandardCharsets.UTF_8),
      new Timings(Duration.ZERO, Duration.ZERO)
    );
  }

  private static Failure failure(AttemptOutcome outcome) {
    assertThat(outcome).isInstanceOf(Failure.class);
    return (Failure) outcome;
  }
}
