package dev.acm2.gateway;

import static dev.acm2.gateway.GatewayFixture.PATIENCE;
import static dev.acm2.gateway.GatewayFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.Topics;
import dev.acm2.contract.WorkerHeartbeat;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.RunLog;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// How everything stands, by a log and tables whose distance a test decides.
class HealthIT {

  private static final String FOLD = "acm2-stats-projector-g1";
  private static GatewayFixture fixture;

  private final List<RecordedEvent> events = new Story(Facts.runId(1900), 2).log();

  @BeforeAll
  static void start() throws Exception {
    fixture = new GatewayFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void catchUp() throws Exception {
    fold(ends(Topics.EVENTS));
    write(ends(Topics.EVENTS));
    write(ends(Topics.VIEWS));
    assertThat(behind()).isZero();
  }

  @Test
  void shouldCountEventsThatAreNotWritten() throws Exception {
    // when
    append(events);
    fold(ends(Topics.EVENTS));

    // then
    assertThat(behind()).isEqualTo(events.size());
  }

  @Test
  void shouldCountEventsThatAreNotFolded() throws Exception {
    // when
    append(events);
    write(ends(Topics.EVENTS));

    // then
    assertThat(behind()).isEqualTo(events.size());
  }

  @Test
  void shouldCountEventsWhoseViewsAreNotWritten() throws Exception {
    // given events whose views are calls and runs
    for (RecordedEvent event : new Story(Facts.runId(1901), 2).started(1, 1).log()) {
      fixture.projector.publish(event);
    }

    // when
    fold(ends(Topics.EVENTS));
    write(ends(Topics.EVENTS));

    // then
    assertThat(behind()).isEqualTo(5);
  }

  @Test
  void shouldNotCountMarksOfTransactions() throws Exception {
    // given tables that hold the last record of a transaction, behind which its mark lies
    TopicPartition partition = new TopicPartition(
      Topics.EVENTS.topic(),
      RunLog.partitionOf(events.getFirst().runId())
    );
    long mark = ends(Topics.EVENTS).getOrDefault(partition, 0L) + events.size();
    try (KafkaProducer<byte[], byte[]> producer = fixture.kafka.transactionalProducer("health")) {
      producer.initTransactions();
      producer.beginTransaction();
      for (RecordedEvent event : events) {
        producer.send(EventRecords.toRecord(event)).get();
      }
      producer.commitTransaction();
    }
    Await.until(
      "the mark",
      PATIENCE,
      () -> ends(Topics.EVENTS).getOrDefault(partition, 0L) == mark + 1
    );
    Map<TopicPartition, Long> records = ends(Topics.EVENTS);
    records.put(partition, mark);

    // when
    fold(records);
    write(records);

    // then
    assertThat(behind()).isZero();
  }

  @Test
  void shouldListWhoIsThere() throws Exception {
    // given
    Instant now = Instant.now();
    heartbeat(new WorkerHeartbeat("w-up", "b", now.plusSeconds(60), 8, 0, false));
    heartbeat(new WorkerHeartbeat("w-silent", "b", now.minusSeconds(60), 8, 1, false));
    fixture.projector.execute(
      "INSERT INTO projection.producer (service, instance, build_id, last_seen_at)" +
        " VALUES ('orchestrator', 'o-1', 'b', '2026-01-01T00:00:00Z')"
    );

    // when
    JsonNode health = Await.value("the workers", PATIENCE, () ->
      Optional.of(json(fixture.get("/api/v1/health"))).filter(
        all -> all.toString().contains("w-up") && all.toString().contains("w-silent")
      )
    );

    // then
    assertThat(health.get("log").asString()).isEqualTo("UP");
    assertThat(health.get("store").asString()).isEqualTo("UP");
    assertThat(health.get("services"))
      .extracting(each -> each.get("instance").asString() + " " + each.get("status").asString())
      .contains("w-up UP", "w-silent SILENT", "o-1 SEEN");
  }

  private static long behind() throws Exception {
    JsonNode health = json(fixture.get("/api/v1/health"));
    return health.at("/projector/behindEvents").asLong();
  }

  private static void append(List<RecordedEvent> events) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = fixture.kafka.producer("health")) {
      for (RecordedEvent event : events) {
        producer.send(EventRecords.toRecord(event)).get();
      }
    }
  }

  private static void heartbeat(WorkerHeartbeat beat) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = fixture.kafka.producer("health")) {
      producer
        .send(
          new ProducerRecord<>(
            Topics.WORKERS.topic(),
            beat.workerId().getBytes(StandardCharsets.UTF_8),
            ContractJson.EVENTS.writeValueAsBytes(beat)
          )
        )
        .get();
    }
  }

  private static Map<TopicPartition, Long> ends(Topics topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = fixture.kafka.reader()) {
      return new HashMap<>(
        consumer.endOffsets(
          consumer
            .partitionsFor(topic.topic())
            .stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList()
        )
      );
    }
  }

  private static void fold(Map<TopicPartition, Long> positions) {
    try (KafkaConsumer<byte[], byte[]> consumer = fixture.kafka.consumer(FOLD, Map.of())) {
      consumer.assign(positions.keySet());
      Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
      positions.forEach((partition, next) -> committed.put(partition, new OffsetAndMetadata(next)));
      consumer.commitSync(committed);
    }
  }

  private static void write(Map<TopicPartition, Long> positions) throws Exception {
    for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
      fixture.projector.execute(
        "INSERT INTO projection.sink_offset (topic, partition, next_offset) VALUES ('" +
          position.getKey().topic() +
          "', " +
          position.getKey().partition() +
          ", " +
          position.getValue() +
          ") ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset"
      );
    }
  }
}
