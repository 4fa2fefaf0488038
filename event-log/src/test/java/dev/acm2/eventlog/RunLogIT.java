package dev.acm2.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.acm2.contract.EventMeta;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunCancelRequested;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class RunLogIT {

  private static final EventStamp STAMP = EventStamp.of(
    new EventMeta.Producer("test", "test-1", "build")
  );

  private EmbeddedKafka kafka;
  private KafkaSettings settings;

  @BeforeAll
  void startBroker(@TempDir Path folder) {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    settings = new KafkaSettings(kafka.bootstrapServers());
    TopicAdmin.ensureTopics(settings, (short) 1);
  }

  @AfterAll
  void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldReadOneRunAmongOthersAndNothingUncommitted() throws Exception {
    // given
    RunId wanted = runId(1);
    RunId other = sibling(wanted);
    List<RecordMetadata> written = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = settings.transactionalProducer("test-writer")) {
      producer.initTransactions();
      for (int i = 0; i < 10; i++) {
        producer.beginTransaction();
        written.add(send(producer, wanted, "kept " + i));
        send(producer, other, "of another run " + i);
        producer.commitTransaction();
        producer.beginTransaction();
        send(producer, wanted, "aborted " + i);
        producer.abortTransaction();
      }
    }
    // when
    List<RunLog.Entry> read = new ArrayList<>();
    RunLog log = new RunLog(settings, Duration.ofSeconds(20));
    log.read(wanted, written.getFirst().offset(), written.getLast().offset(), read::add);
    // then
    assertThat(read)
      .extracting(RunLog.Entry::offset)
      .isEqualTo(written.stream().map(RecordMetadata::offset).toList());
    assertThat(read).allSatisfy(entry -> assertThat(entry.recorded().runId()).isEqualTo(wanted));
    assertThat(read.getLast().recorded().event()).isEqualTo(new RunCancelRequested("kept 9"));
  }

  @Test
  void shouldFindTheRunWhereTheProducerPutIt() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = settings.producer("test-partitions")) {
      for (int i = 0; i < 20; i++) {
        assertThat(send(producer, runId(i), "x").partition()).isEqualTo(
          RunLog.partitionOf(runId(i))
        );
      }
    }
  }

  @Test
  void shouldSayThatTheLogEndsTooEarly() {
    RunLog log = new RunLog(settings, Duration.ofMillis(500));

    assertThatIllegalStateException()
      .isThrownBy(() -> log.read(runId(77), 0, 1_000_000, entry -> {}))
      .withMessageContaining("does not reach offset 1000000");
  }

  @Test
  void shouldKeepEventsForEverAndChangeNothingTheSecondTime() throws Exception {
    TopicAdmin.ensureTopics(settings, (short) 1);

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var resource = new org.apache.kafka.common.config.ConfigResource(
        org.apache.kafka.common.config.ConfigResource.Type.TOPIC,
        Topics.EVENTS.topic()
      );
      var config = Objects.requireNonNull(
        admin.describeConfigs(List.of(resource)).all().get(10, TimeUnit.SECONDS).get(resource)
      );
      assertThat(config.get("retention.ms").value()).isEqualTo("-1");
      assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }
  }

  private static RecordMetadata send(
    KafkaProducer<byte[], byte[]> producer,
    RunId runId,
    String reason
  ) throws Exception {
    RecordedEvent recorded = STAMP.stamp(runId, new RunCancelRequested(reason));
    return producer.send(EventRecords.toRecord(recorded)).get(10, TimeUnit.SECONDS);
  }

  private static RunId runId(int number) {
    return RunId.of(Instant.parse("2026-01-01T00:00:00Z"), number, number);
  }

  /// Another run of the same partition.
  private static RunId sibling(RunId runId) {
    int number = 100;
    while (RunLog.partitionOf(runId(number)) != RunLog.partitionOf(runId)) {
      number++;
    }
    return runId(number);
  }
}
