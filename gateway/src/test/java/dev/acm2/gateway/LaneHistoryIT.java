package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.Topics;
import dev.acm2.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// How lanes stood, out of their topic: the same for whoever asks, after a restart too.
class LaneHistoryIT {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static GatewayFixture fixture;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    producer = fixture.kafka.producer("lane-history-it");
  }

  /// The broker is that of all tests.
  @AfterAll
  static void stop() throws Exception {
    for (String lane : List.of("past", "told", "end")) {
      write(lane, null);
    }
    producer.close();
    fixture.close();
  }

  @Test
  void shouldTellHowALaneStoodFromTheBeginOfTheWindow() throws Exception {
    // given
    write("past", view("past", 50, 12, null));
    write("past", view("past", 20, 10, null));
    write("past", view("past", 10, 5, NOW.minus(Duration.ofMinutes(9))));
    write("past", view("past", 10, 5, NOW.minus(Duration.ofMinutes(9))));
    write("past", view("past", 15, 1, null));
    write("past", view("past", 2, 6, null));
    awaitEnd();

    // when
    JsonNode quarter = lane("/api/v1/lanes/history", "past");
    JsonNode hour = lane("/api/v1/lanes/history?minutes=60", "past");
    JsonNode minute = lane("/api/v1/lanes/history?minutes=1", "past");

    // then
    assertThat(limits(quarter)).containsExactly(10, 5, 6);
    assertThat(limits(hour)).containsExactly(12, 10, 5, 6);
    assertThat(limits(minute)).containsExactly(6);
    assertThat(quarter.at("/samples/0/at").asString()).isEqualTo(
      NOW.minus(Duration.ofMinutes(20)).toString()
    );
    assertThat(quarter.at("/samples/1/blockedUntil").asString()).isEqualTo(
      NOW.minus(Duration.ofMinutes(9)).toString()
    );
    assertThat(quarter.at("/samples/2/blockedUntil").isNull()).isTrue();
    assertThat(quarter.at("/samples/2/inFlight").asInt()).isEqualTo(3);
    assertThat(quarter.at("/samples/2/waiting").asInt()).isEqualTo(12);
  }

  @Test
  void shouldForgetALaneThatWasWithdrawn() throws Exception {
    // given
    write("gone", view("gone", 3, 10, null));
    write("gone", null);
    write("back", view("back", 3, 10, null));
    write("back", null);
    write("back", view("back", 1, 4, null));
    awaitEnd();

    // then
    assertThat(fixture.get("/api/v1/lanes/history").body()).doesNotContain("\"gone\"");
    assertThat(limits(lane("/api/v1/lanes/history", "back"))).containsExactly(4);

    write("back", null);
  }

  @Test
  void shouldTellTheSameAfterARestart() throws Exception {
    // given
    for (int minutes = 40; minutes > 0; minutes--) {
      write("told", view("told", minutes, minutes % 7, null));
    }
    awaitEnd();
    JsonNode first = lane("/api/v1/lanes/history?minutes=60", "told");

    // when
    JsonNode second;
    try (ConfigurableApplicationContext another = another()) {
      second = Await.value("the other gateway", PATIENCE, () -> {
        HttpResponse<String> answer = get(another, "/api/v1/lanes/history?minutes=60");
        return answer.statusCode() == 503 ? Optional.empty() : Optional.of(lane(answer, "told"));
      });
    }

    // then
    assertThat(first.get("samples")).hasSize(40);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldNameTheFieldThatIsWrong() throws Exception {
    for (String minutes : List.of("0", "61", "-1", "1.5", "many", "07")) {
      HttpResponse<String> answer = fixture.get("/api/v1/lanes/history?minutes=" + minutes);

      assertProblem(answer, 422, "validation");
      assertThat(json(answer).get("field").asString()).isEqualTo("minutes");
    }
  }

  /// Everything that was written before has been read.
  private static void awaitEnd() throws Exception {
    Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    write("end", view("end", 0, 1, at));
    Await.until("all has been read", PATIENCE, () ->
      fixture.get("/api/v1/lanes").body().contains(at.toString())
    );
  }

  private static ConfigurableApplicationContext another() {
    return GatewayApplication.application().run(
      "--server.port=0",
      "--logging.level.org.apache.kafka=WARN",
      "--spring.datasource.url=" + fixture.dataSource.getUrl(),
      "--acm2.gateway.bootstrap-servers=" + fixture.kafka.bootstrapServers()
    );
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext gateway, String path)
    throws Exception {
    String port = gateway.getEnvironment().getProperty("local.server.port");
    URI address = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
        HttpRequest.newBuilder(address).build(),
        HttpResponse.BodyHandlers.ofString()
      );
    }
  }

  private static JsonNode lane(String path, String name) throws Exception {
    return lane(fixture.get(path), name);
  }

  private static JsonNode lane(HttpResponse<String> answer, String name) {
    return json(answer)
      .get("lanes")
      .valueStream()
      .filter(lane -> lane.get("lane").asString().equals(name))
      .findFirst()
      .orElseThrow();
  }

  private static List<Integer> limits(JsonNode lane) {
    return lane
      .get("samples")
      .valueStream()
      .map(sample -> sample.get("concurrency").asInt())
      .toList();
  }

  private static LaneView view(String name, int minutesAgo, int limit, @Nullable Instant blocked) {
    LaneLimits limits = new LaneLimits(20, null, null, true);
    Instant at = NOW.minus(Duration.ofMinutes(minutesAgo));
    return new LaneView(name, limits, false, limit, 3, 12, 1, blocked, 0, 0, at);
  }

  private static void write(String lane, @Nullable LaneView view) throws Exception {
    byte[] key = lane.getBytes(StandardCharsets.UTF_8);
    byte @Nullable [] value = view == null ? null : ContractJson.EVENTS.writeValueAsBytes(view);
    producer.send(new ProducerRecord<>(Topics.LANE_VIEWS.topic(), key, value)).get();
  }
}
