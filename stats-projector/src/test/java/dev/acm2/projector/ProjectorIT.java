package dev.acm2.projector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec.Decoded;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.eventlog.TopicAdmin;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.RunProjection;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import dev.acm2.testkit.TestInfrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// I2 on a real broker and a real database: the tables are the fold of the log, row for row, although
/// the projector is stopped in the middle, the database goes away, runs are deleted, and garbage lies in
/// the log.
class ProjectorIT {

  /// Of a new database, after all migrations.
  private static final int GENERATION = 4;
  private static final int RUNS = 24;
  private static final int GARBAGE = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaSettings kafka = new KafkaSettings(
    TestInfrastructure.shared().bootstrapServers()
  );
  private final Database database = new Database();

  @TempDir
  private Path stateDir;

  /// What the log says the tables must hold.
  private record Expected(
    List<String> runs,
    List<String> calls,
    List<String> events,
    List<String> quarantined,
    List<String> lines
  ) {}

  @Test
  void shouldHoldTheFoldOfTheLogRowForRow() throws Exception {
    // given
    TopicAdmin.ensureTopics(kafka, (short) 1);
    List<ProducerRecord<byte[], byte[]>> log = interleaved();
    int third = log.size() / 3;
    List<String> lines = new ArrayList<>();

    // when the projector stops, is away and comes back while the log grows, and loses its connections
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
      send(producer, log.subList(0, third));
      say(producer, lines);
      ConfigurableApplicationContext first = start();
      Await.until("the first rows", PATIENCE, () -> count("run") > 0);
      send(producer, log.subList(third, third + third / 2));
      first.close();
      say(producer, lines);
      send(producer, log.subList(third + third / 2, 2 * third));
      try (ConfigurableApplicationContext second = start()) {
        Await.until("some calls", PATIENCE, () -> count("call") > RUNS);
        database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity" +
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        );
        send(producer, log.subList(2 * third, log.size()));
        say(producer, lines);

        // then
        Expected expected = expected(lines);
        assertThat(expected.quarantined()).hasSize(GARBAGE);
        assertThat(expected.runs()).hasSize(RUNS - RUNS / 5);
        Await.until("all rows", PATIENCE, () -> actual().equals(expected));
        assertThat(actual()).isEqualTo(expected);
        Await.until("health is up", PATIENCE, () -> health(second) == 200);
      }
    }
  }

  @Test
  void shouldStartWithoutADatabaseAndSayThatItIsDown() throws Exception {
    try (
      ConfigurableApplicationContext projector = start(
        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"
      )
    ) {
      assertThat(health(projector)).isEqualTo(503);
    }
  }

  private ConfigurableApplicationContext start(String... more) {
    List<String> arguments = new ArrayList<>(
      List.of(
        "--server.port=0",
        "--spring.datasource.url=" + database.url(),
        "--acm2.projector.bootstrap-servers=" + kafka.bootstrapServers(),
        "--acm2.projector.state-dir=" + stateDir
      )
    );
    arguments.addAll(List.of(more));
    return StatsProjectorApplication.application().run(arguments.toArray(String[]::new));
  }

  /// Every fifth one is deleted.
  private static List<RecordedEvent> log(int run) {
    RunId runId = Facts.runId(run);
    return isDeleted(run)
      ? RandomRun.deletedLog(700 + run, runId, 2)
      : RandomRun.log(700 + run, runId, 2);
  }

  private static boolean isDeleted(int run) {
    return run % 5 == 0;
  }

  private static List<ProducerRecord<byte[], byte[]>> interleaved() {
    Random random = new Random(7);
    List<List<RecordedEvent>> logs = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      logs.add(new ArrayList<>(log(run)));
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (!logs.isEmpty()) {
      RecordedEvent event = logs.get(random.nextInt(logs.size())).removeFirst();
      records.add(EventRecords.toRecord(event));
      if (random.nextInt(20) == 0) {
        records.add(EventRecords.toRecord(event));
      }
      logs.removeIf(List::isEmpty);
    }
    for (int i = 0; i < GARBAGE; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      records.add(
        random.nextInt(records.size()),
        new ProducerRecord<>(Topics.EVENTS.topic(), noise, noise)
      );
    }
    return records;
  }

  private static void send(
    KafkaProducer<byte[], byte[]> producer,
    List<ProducerRecord<byte[], byte[]>> records
  ) throws Exception {
    for (ProducerRecord<byte[], byte[]> record : records) {
      producer.send(record).get();
    }
  }

  /// Every run says a line; each that is to stay is noted with its place in the log.
  private static void say(KafkaProducer<byte[], byte[]> producer, List<String> lines)
    throws Exception {
    for (int run = 1; run <= RUNS; run++) {
      RunId runId = Facts.runId(run);
      String text = "line " + lines.size() + " of " + run;
      ConsoleLine line = new ConsoleLine(runId, null, 0, 0, "w", Facts.START, Level.INFO, text);
      byte[] key = runId.toString().getBytes(StandardCharsets.UTF_8);
      byte[] value = ContractJson.EVENTS.writeValueAsBytes(line);
      RecordMetadata at = producer
        .send(new ProducerRecord<>(Topics.LOGS.topic(), key, value))
        .get();
      if (!isDeleted(run)) {
        lines.add(at.partition() + "|" + at.offset() + "|" + text);
      }
    }
  }

  private Expected expected(List<String> lines) {
    Map<String, RunProjection> projections = new TreeMap<>();
    Map<String, List<String>> events = new TreeMap<>();
    List<String> quarantined = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> received : readLog()) {
      String place = received.partition() + "|" + received.offset();
      if (EventRecords.decode(received) instanceof Decoded.Known(RecordedEvent recorded)) {
        RunId runId = recorded.runId();
        projections
          .computeIfAbsent("" + runId, _ -> new RunProjection())
          .apply(recorded, new AsOf(GENERATION, received.partition(), received.offset()));
        events.computeIfAbsent("" + runId, _ -> new ArrayList<>()).add(place);
      } else {
        quarantined.add(place);
      }
    }
    projections.entrySet().removeIf(run -> requireNonNull(run.getValue().run()).deleted());
    events.keySet().retainAll(projections.keySet());
    List<String> places = events.values().stream().flatMap(List::stream).toList();
    List<String> runs = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    for (RunProjection projection : projections.values()) {
      runs.add(
        ContractJson.VIEWS.writeValueAsString(requireNonNull(projection.run()).withSpec(null))
      );
      projection.calls().forEach(call -> calls.add(ContractJson.VIEWS.writeValueAsString(call)));
    }
    return new Expected(runs, calls, sorted(places), sorted(quarantined), sorted(lines));
  }

  private Expected actual() throws SQLException {
    return new Expected(
      database.rows("SELECT view FROM projection.run ORDER BY run_id"),
      database.rows("SELECT view FROM projection.call ORDER BY run_id, call_id"),
      sorted(database.rows("SELECT partition, log_offset FROM projection.run_event")),
      sorted(database.rows("SELECT partition, log_offset FROM projection.quarantine")),
      sorted(database.rows("SELECT log_partition, log_offset, text FROM projection.run_log"))
    );
  }

  private List<ConsumerRecord<byte[], byte[]>> readLog() {
    List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader()) {
      List<TopicPartition> partitions = consumer
        .partitionsFor(Topics.EVENTS.topic())
        .stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(log::add);
      }
    }
    return log;
  }

  private long count(String table) throws SQLException {
    if (database.rows("SELECT to_regclass('projection." + table + "') IS NULL").contains("t")) {
      return 0;
    }
    return Long.parseLong(database.rows("SELECT count(*) FROM projection." + table).getFirst());
  }

  private static int health(ConfigurableApplicationContext projector)
    throws IOException, InterruptedException {
    String port = projector.getEnvironment().getProperty("local.server.port");
    URI address = URI.create("http://127.0.0.1:" + port + "/actuator/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .statusCode();
    }
  }

  private static List<String> sorted(List<String> values) {
    return values.stream().sorted().toList();
  }
}
