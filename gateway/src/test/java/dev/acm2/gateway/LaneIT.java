package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static dev.acm2.gateway.GatewayFixture.json;
import static dev.acm2.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.LaneLimits;
import dev.acm2.contract.LaneView;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.gateway.GatewayFixture.Answer;
import dev.acm2.gateway.GatewayFixture.Asked;
import dev.acm2.testkit.Await;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.JsonNode;

/// Lanes and workers out of their topics, and limits that are handed on.
class LaneIT {

  private static GatewayFixture fixture;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
    producer = fixture.kafka.producer("lane-it");
  }

  @AfterAll
  static void stop() {
    producer.close();
    fixture.close();
  }

  @BeforeEach
  void forget() {
    fixture.asked.clear();
    fixture.answer = new Answer(202, "{}", null, null);
  }

  @Test
  void shouldGiveTheNewestViewOfEveryLane() throws Exception {
    // given
    write(Topics.LANE_VIEWS, "openai", lane("openai", 1));
    write(Topics.LANE_VIEWS, "anthropic", lane("anthropic", 5));
    write(Topics.LANE_VIEWS, "gone", lane("gone", 5));
    write(Topics.LANE_VIEWS, "openai", lane("openai", 2));
    write(Topics.LANE_VIEWS, "gone", null);
    producer.send(record(Topics.LANE_VIEWS, "broken", "{".getBytes(StandardCharsets.UTF_8))).get();
    write(Topics.LANE_VIEWS, "zai", lane("zai", 3));

    // when
    JsonNode lanes = Await.value("the lanes", PATIENCE, () ->
      Optional.of(json(fixture.get("/api/v1/lanes")).get("lanes")).filter(all ->
        all.toString().contains("zai")
      )
    );

    // then
    assertThat(lanes)
      .extracting(lane -> lane.get("lane").asString())
      .containsExactly("anthropic", "openai", "zai");
    assertThat(lanes.at("/1/inFlight").asInt()).isEqualTo(2);
    assertThat(lanes.at("/1/limits/concurrency").asInt()).isEqualTo(7);
    assertThat(lanes.at("/1/blockedUntil").isNull()).isTrue();
  }

  @Test
  void shouldGiveTheWorkersThatAreThere() throws Exception {
    // given
    Instant now = Instant.now();
    write(Topics.WORKERS, "w-1", new WorkerHeartbeat("w-1", "b", now, 8, 3, false));
    write(
      Topics.WORKERS,
      "w-2",
      new WorkerHeartbeat("w-2", "b", now.minusSeconds(60), 8, 1, false)
    );
    write(
      Topics.WORKERS,
      "w-3",
      new WorkerHeartbeat("w-3", "b", now.minusSeconds(900), 8, 1, false)
    );

    // when
    JsonNode workers = Await.value("the workers", PATIENCE, () ->
      Optional.of(json(fixture.get("/api/v1/workers")).get("workers")).filter(
        all -> all.size() == 2
      )
    );

    // then
    assertThat(workers.at("/0/workerId").asString()).isEqualTo("w-1");
    assertThat(workers.at("/0/inFlight").asInt()).isEqualTo(3);
    assertThat(workers.at("/1/silent").asBoolean()).isTrue();
  }

  @Test
  void shouldSayThatTheTopicsHaveNotBeenReadYet() throws Exception {
    // given a topic that nobody has begun to read
    CompactedTopic<LaneView> unread = new CompactedTopic<>(
      fixture.kafka,
      (short) 1,
      Topics.LANE_VIEWS,
      LaneView.class,
      fixture.gateway.getBean(MeterRegistry.class).counter("lane-it")
    );

    // then
    assertThatThrownBy(unread::values).isInstanceOfSatisfying(ProblemException.class, e ->
      assertThat(e.problem().status()).isEqualTo(503)
    );
    assertThat(unread.trouble()).isEqualTo("not started");

    // when
    unread.start();
    Await.until("caught up", PATIENCE, () -> unread.trouble() == null);
    assertThat(unread.values()).isNotNull();
    unread.close();

    // then a thread that has ended is no reader
    assertThat(unread.trouble()).isEqualTo("the thread is dead");
  }

  @Test
  void shouldReportItsHealth() {
    for (String name : new String[] { "lanesHealthIndicator", "workersHealthIndicator" }) {
      HealthIndicator indicator = fixture.gateway.getBean(name, HealthIndicator.class);
      Await.until(name, PATIENCE, () -> {
        var health = indicator.health();
        return health != null && health.getStatus().equals(Status.UP);
      });
    }
  }

  @Test
  void shouldHandOnLimitsOfLanesOfAnyName() throws Exception {
    // when
    HttpResponse<String> put = put("/api/v1/lanes/openrouter:meta/llama-3", "{\"concurrency\":7}");
    HttpResponse<String> delete = fixture.send(
      HttpRequest.newBuilder(fixture.at("/api/v1/lanes/openai:gpt%2F5")).DELETE()
    );

    // then
    assertThat(put.statusCode()).isEqualTo(202);
    assertThat(delete.statusCode()).isEqualTo(202);
    assertThat(fixture.asked)
      .extracting(Asked::method, Asked::path, Asked::body)
      .containsExactly(
        tuple("PUT", "/api/v1/lanes/openrouter:meta/llama-3", "{\"concurrency\":7}"),
        tuple("DELETE", "/api/v1/lanes/openai:gpt/5", "")
      );
  }

  @Test
  void shouldHandBackWhatTheOrchestratorSaysOfALane() throws Exception {
    fixture.answer = new Answer(
      404,
      "{\"type\":\"urn:acm2:problem:unknown-provider\"}",
      null,
      null
    );

    assertProblem(put("/api/v1/lanes/nobody", "{\"concurrency\":7}"), 404, "unknown-provider");
  }

  private static HttpResponse<String> put(String path, String body) throws Exception {
    return fixture.send(
      HttpRequest.newBuilder(fixture.at(path))
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString(body))
    );
  }

  private static LaneView lane(String name, int inFlight) {
    LaneLimits limits = new LaneLimits(7, 120, null, true);
    return new LaneView(name, limits, false, 7, inFlight, 0, 1, null, 3, 900, Instant.EPOCH);
  }

  private static void write(Topics topic, String key, @Nullable Record value) throws Exception {
    byte @Nullable [] bytes = value == null ? null : ContractJson.EVENTS.writeValueAsBytes(value);
    producer.send(record(topic, key, bytes)).get();
  }

  private static ProducerRecord<byte[], byte[]> record(
    Topics topic,
    String key,
    byte @Nullable [] value
  ) {
    return new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value);
  }
}
