package dev.acm2.providersimulator;

import static dev.acm2.providersimulator.SimulatedProvider.JSON;
import static dev.acm2.providersimulator.SimulatedProvider.KEY;
import static dev.acm2.providersimulator.SimulatedProvider.MODEL;
import static dev.acm2.providersimulator.SimulatedProvider.await;
import static dev.acm2.providersimulator.SimulatedProvider.responses;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LedgerOverHttpTest {

  private final SimulatedProvider provider = new SimulatedProvider(SimulatedProvider.immediate());

  @TempDir
  Path folder;

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void shouldRecordWhoAskedWhatWithoutTheKeyOrThePrompt() throws Exception {
    String body = JSON.writeValueAsString(responses(MODEL, "Hello"));

    provider.post(Dialect.RESPONSES.path, body, KEY, "run-1/call-2/1/1");

    JsonNode entry = get("/__ledger").path("requests").path(0);
    assertThat(entry.path("sequence").asInt()).isEqualTo(1);
    assertThat(entry.path("path").asString()).isEqualTo("/v1/responses");
    assertThat(entry.path("model").asString()).isEqualTo(MODEL);
    assertThat(entry.path("requestId").asString()).isEqualTo("run-1/call-2/1/1");
    assertThat(entry.path("keyHash").asString()).isEqualTo(Draws.sha256Hex(KEY).substring(0, 12));
    assertThat(entry.path("promptHash").asString()).isEqualTo(Draws.sha256Hex("Hello"));
    assertThat(entry.path("outcome").asString()).isEqualTo("OK");
    assertThat(entry.path("status").asInt()).isEqualTo(200);
    assertThat(entry.path("receivedAt").asString()).isLessThan(entry.path("finishedAt").asString());
  }

  @Test
  void shouldSeeFiftyParallelCallsAtOnce() throws Exception {
    provider.simulator.always(MODEL, Fault.HANG_BEFORE_HEADERS);

    List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 50)
      .mapToObj(i -> provider.postAsync(MODEL, "call-" + i))
      .toList();
    await(() -> provider.simulator.ledger().count() == 50);
    calls.forEach(call -> call.cancel(true));
    await(() -> provider.simulator.ledger().inFlight() == 0);

    assertThat(provider.simulator.ledger().peakConcurrency()).isEqualTo(50);
    assertThat(get("/__ledger").path("peakConcurrency").asInt()).isEqualTo(50);
    assertThat(get("/__ledger/summary").path(MODEL).path("HANG_BEFORE_HEADERS").asInt()).isEqualTo(
      50
    );
  }

  @Test
  void shouldNeverKeepAKey() throws Exception {
    Path file = folder.resolve("ledger.jsonl");
    SimulatorOptions options = SimulatedProvider.immediate().withLedgerFile(file);
    try (SimulatedProvider filed = new SimulatedProvider(options)) {
      filed.post(responses(MODEL, "Hello"));
      filed.post(Dialect.RESPONSES.path, "{", KEY, null);
      filed.post("/v1/unknown", "{}", KEY, null);

      assertThat(filed.control("GET", "/__ledger", "").body())
        .contains(Draws.sha256Hex(KEY).substring(0, 12))
        .doesNotContain(KEY);
      assertThat(Files.readString(file)).contains("NOT_FOUND").doesNotContain(KEY);
    }
  }

  @Test
  void shouldGoOnAfterARestartWithTheSameFile() throws Exception {
    SimulatorOptions options = SimulatedProvider.immediate().withLedgerFile(
      folder.resolve("ledger.jsonl")
    );
    String first;
    try (SimulatedProvider filed = new SimulatedProvider(options)) {
      first = filed.post(responses(MODEL, "Hello")).body();
    }
    try (SimulatedProvider filed = new SimulatedProvider(options)) {
      String second = filed.post(responses(MODEL, "Hello")).body();

      assertThat(filed.simulator.ledger().entries())
        .extracting(LedgerEntry::sequence)
        .containsExactly(1L, 2L);
      assertThat(second).as("the repeat counter went on").isNotEqualTo(first);
    }
  }

  @Test
  void shouldSelectAndClear() throws Exception {
    String body = JSON.writeValueAsString(responses(MODEL, "Hello"));
    for (String requestId : List.of("run-1/a", "run-2/a", "run-1/b")) {
      provider.post(Dialect.RESPONSES.path, body, KEY, requestId);
    }

    assertThat(get("/__ledger?requestIdPrefix=run-1%2F").path("count").asInt()).isEqualTo(2);
    assertThat(
      get("/__ledger?since=2").path("requests").path(0).path("sequence").asInt()
    ).isEqualTo(3);
    assertThat(provider.control("DELETE", "/__ledger", "").statusCode()).isEqualTo(200);
    assertThat(get("/__ledger").path("count").asInt()).isZero();
  }

  @Test
  void shouldChangeFaultSharesLive() throws Exception {
    provider.control("POST", "/__faults", "{\"rate-limit\":1}");
    assertThat(provider.post(responses(MODEL, "Hello")).statusCode()).isEqualTo(429);

    provider.control("POST", "/__faults", "{\"server-error\":1,\"rate-limit\":0}");
    assertThat(provider.post(responses(MODEL, "Hello")).statusCode()).isEqualTo(500);

    assertThat(get("/__faults").path("server-error").asDouble()).isEqualTo(1);
    assertThat(get("/__faults").size()).isEqualTo(Fault.values().length);
  }

  @Test
  void shouldRefuseWrongControlBodies() throws Exception {
    assertThat(provider.control("POST", "/__faults", "{\"rate\":1}").statusCode()).isEqualTo(400);
    assertThat(provider.control("POST", "/__faults", "{\"reset\":\"x\"}").statusCode()).isEqualTo(
      400
    );
    assertThat(provider.control("POST", "/__faults", "[]").statusCode()).isEqualTo(400);
    assertThat(provider.control("POST", "/__script", "{}").statusCode()).isEqualTo(400);
    assertThat(provider.control("GET", "/__ledger?since=x", "").statusCode()).isEqualTo(400);
    assertThat(provider.control("GET", "/__other", "").statusCode()).isEqualTo(404);
    assertThat(provider.simulator.faults()).isEqualTo(FaultShares.NONE);
  }

  @Test
  void shouldTakeScriptsOverHttp() throws Exception {
    provider.control(
      "POST",
      "/__script",
      """
      {"model":"gpt-5.1","always":"SERVER_ERROR","behaviours":[
        {"status":529,"retryAfter":"7"},"OK",{"text":"short"},{"body":"<html>"},
        {"fault":"overloaded","latency":"PT0.01S"}]}"""
    );

    assertThat(provider.post(responses(MODEL, "a")).headers().firstValue("retry-after")).hasValue(
      "7"
    );
    assertThat(provider.post(responses(MODEL, "a")).statusCode()).isEqualTo(200);
    assertThat(provider.post(responses(MODEL, "a")).body()).contains("\"text\":\"short\"");
    assertThat(provider.post(responses(MODEL, "a")).body()).isEqualTo("<html>");
    assertThat(provider.post(responses(MODEL, "a")).statusCode()).isEqualTo(503);
    assertThat(provider.post(responses(MODEL, "a")).statusCode()).isEqualTo(500);
    provider.control("DELETE", "/__script", "");
    assertThat(provider.post(responses(MODEL, "a")).statusCode()).isEqualTo(200);
    assertThat(provider.lastEntry().receivedAt()).isNotNull();
  }

  @Test
  void shouldServeAThousandCallsAtOnce() {
    provider.simulator.always(MODEL, Behaviour.after(Duration.ofMillis(200), Behaviour.OK));

    List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 1000)
      .mapToObj(i -> provider.postAsync(MODEL, "call-" + i))
      .toList();

    assertThat(calls).allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
    assertThat(provider.simulator.ledger().entries())
      .hasSize(1000)
      .allMatch(entry -> entry.outcome().equals(LedgerEntry.OK))
      .extracting(LedgerEntry::requestId)
      .doesNotHaveDuplicates();
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(provider.control("GET", path, "").body());
  }
}
