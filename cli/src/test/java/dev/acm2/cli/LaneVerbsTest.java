package dev.acm2.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.cli.FakeGateway.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneVerbsTest {

  private final FakeGateway gateway = FakeGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldListLanesWithTheirLimits() {
    gateway.on(
      "GET /api/v1/lanes",
      200,
      "{\"lanes\":[" +
        lane(
          "anthropic",
          "\"concurrency\":7,\"requestsPerMinute\":120,\"adaptive\":true",
          true,
          5
        ) +
        "," +
        lane(
          "openai",
          "\"concurrency\":0,\"requestsPerMinute\":null,\"adaptive\":false",
          false,
          0
        ) +
        "]}"
    );

    Outcome outcome = gateway.run("lanes");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).containsExactly(
      "LANE       IN FLIGHT  WAITING  RUNS  REQUESTS/MIN  TOKENS/MIN  NOTE",
      "anthropic  3/5        11       2     17/120        9000        lowered from 7, set by hand",
      "openai     3/0        11       2     17            9000        closed, not adaptive"
    );
  }

  @Test
  void shouldSetLimitsOfALane() {
    gateway.on("PUT /api/v1/lanes/openrouter%3Ameta%2Fllama", 202, "{\"lane\":\"x\"}");

    Outcome outcome = gateway.run(
      "lanes",
      "set",
      "openrouter:meta/llama",
      "--concurrency",
      "7",
      "--tokens-per-minute",
      "5000",
      "--no-adaptive"
    );

    assertThat(outcome.out()).isEqualTo(
      "lane openrouter:meta/llama: limits accepted" + System.lineSeparator()
    );
    assertThat(gateway.asked().getFirst().body()).isEqualTo(
      "{\"concurrency\":7,\"requestsPerMinute\":null,\"tokensPerMinute\":5000,\"adaptive\":false}"
    );
  }

  @Test
  void shouldTakeTheServerBehindTheVerbAsWell() {
    gateway.on("PUT /api/v1/lanes/openai", 202, "{\"lane\":\"openai\"}");

    Outcome outcome = FakeGateway.acm2(
      "lanes",
      "set",
      "openai",
      "--concurrency",
      "7",
      "--server",
      gateway.url(),
      "--json"
    );

    assertThat(outcome).isEqualTo(
      new Outcome(0, "{\"lane\":\"openai\"}" + System.lineSeparator(), "")
    );
  }

  @Test
  void shouldResetALane() {
    gateway.on("DELETE /api/v1/lanes/openai", 202, "{}");

    assertThat(gateway.run("lanes", "reset", "openai").out()).contains("reset accepted");
  }

  @Test
  void shouldNotLimitALaneByNothing() {
    assertThat(gateway.run("lanes", "set", "openai").exitCode()).isEqualTo(64);
  }

  @Test
  void shouldSayWhatIsWrongWithALane() {
    gateway.on(
      "PUT /api/v1/lanes/nobody",
      404,
      "{\"type\":\"urn:acm2:problem:unknown-provider\",\"detail\":\"no provider nobody\"}"
    );

    assertThat(gateway.run("lanes", "set", "nobody", "--concurrency", "1")).isEqualTo(
      new Outcome(65, "", "acm2: no provider nobody (unknown-provider, HTTP 404)%n".formatted())
    );
  }

  @Test
  void shouldListWorkers() {
    gateway.on(
      "GET /api/v1/workers",
      200,
      """
      {"workers":[{"workerId":"w-1","buildId":"abc","at":"2025-12-01T10:00:00Z","slots":8,"inFlight":3,\
      "draining":false,"silent":true},{"workerId":"w-2","buildId":"abc","at":"2025-12-01T10:00:00Z",\
      "slots":8,"inFlight":0,"draining":true,"silent":false}]}"""
    );

    Outcome outcome = gateway.run("workers");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines().toList().get(1)).startsWith("w-1     3/8").endsWith("silent");
    assertThat(outcome.out().lines().toList().get(2)).startsWith("w-2     0/8").endsWith("leaving");
  }

  private static String lane(String name, String limits, boolean overridden, int now) {
    return """
    {"lane":"%s","limits":{%s,"tokensPerMinute":null},"overridden":%s,"concurrencyNow":%d,"inFlight":3,\
    "waiting":11,"runs":2,"blockedUntil":null,"requestsInWindow":17,"tokensInWindow":9000,\
    "at":"2025-12-01T10:00:00Z"}""".formatted(name, limits, overridden, now);
  }
}
