package dev.acm2.gateway;

import static java.util.Objects.requireNonNull;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.EventCodec;
import dev.acm2.contract.EventMeta;
import dev.acm2.contract.EventType;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.CallEvent;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.eventlog.KafkaSettings;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// The projector in its smallest form: an event goes to the log, its views to their topic, and, when
/// told so, the rows to the tables. So a test decides how far the tables lag behind the topic.
final class TestProjector implements AutoCloseable {

  private static final String RUN =
    "INSERT INTO projection.run (run_id, version, partition, generation, name, status," +
    " requested_at, view, spec, first_offset) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)" +
    " ON CONFLICT (run_id) DO UPDATE SET version = excluded.version," +
    " status = excluded.status, view = excluded.view";
  private static final String CALL =
    "INSERT INTO projection.call (run_id, call_id, version, generation, state, phase, model," +
    " document, view) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT (run_id, call_id) DO UPDATE" +
    " SET version = excluded.version, state = excluded.state, view = excluded.view";
  private static final String EVENT =
    "INSERT INTO projection.run_event (partition, log_offset, run_id, call_id, type, event_id," +
    " occurred_at, appended_at, service, instance, build_id, body)" +
    " VALUES (?, ?, ?, ?, ?, ?, ?, now(), ?, ?, ?, ?)";
  private static final String LINE =
    "INSERT INTO projection.run_log (log_partition, log_offset, run_id, at, level, call_id, epoch," +
    " attempt, source, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String OFFSET =
    "INSERT INTO projection.sink_offset (topic, partition, next_offset) VALUES (?, ?, ?)" +
    " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset";

  private final KafkaProducer<byte[], byte[]> producer;
  private final DataSource dataSource;
  private final Map<RunId, RunProjection> projections = new HashMap<>();
  private final Map<RunId, Long> firstOffsets = new HashMap<>();
  private final Map<Integer, Long> nextViews = new HashMap<>();

  TestProjector(KafkaSettings kafka, DataSource dataSource) throws SQLException, IOException {
    producer = kafka.producer("test-projector");
    this.dataSource = dataSource;
    execute("CREATE SCHEMA projection; CREATE SCHEMA artifact");
    for (String migration : migrations()) {
      execute(resource("/dev/acm2/projector/migrations/" + migration));
    }
    execute("UPDATE projection.generation SET current = 1");
    execute(resource("/dev/acm2/artifactstore/migrations/V1__artifact.sql"));
  }

  /// The projector's migrations in the order of their versions.
  private static List<String> migrations() throws IOException {
    Path folder = Path.of("target/test-classes/dev/acm2/projector/migrations");
    try (Stream<Path> files = Files.list(folder)) {
      return files
        .map(file -> String.valueOf(file.getFileName()))
        .sorted(Comparator.comparingInt(TestProjector::version))
        .toList();
    }
  }

  private static int version(String migration) {
    return Integer.parseInt(migration.substring(1, migration.indexOf("__")));
  }

  /// Appends the event and publishes its views.
  void publish(RecordedEvent event) throws Exception {
    RecordMetadata at = producer.send(EventRecords.toRecord(event)).get();
    RunProjection projection = projections.computeIfAbsent(event.runId(), _ -> new RunProjection());
    boolean first = projection.run() == null;
    projection.apply(event, new AsOf(1, at.partition(), at.offset()));
    if (event.event() instanceof CallEvent of) {
      CallView call = requireNonNull(projection.call(of.callId()));
      if (call.version() == at.offset()) {
        send(at.partition(), event.runId() + "/" + call.callId(), "call", call).get();
      }
    }
    RunView run = requireNonNull(projection.run());
    firstOffsets.putIfAbsent(event.runId(), at.offset());
    RecordMetadata view = send(
      at.partition(),
      "" + event.runId(),
      "run",
      first ? run : run.withSpec(null)
    ).get();
    nextViews.put(at.partition(), view.offset() + 1);
  }

  /// Brings the tables up to what has been published.
  void writeTables() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      for (RunProjection projection : projections.values()) {
        write(connection, projection);
      }
      for (Map.Entry<Integer, Long> next : nextViews.entrySet()) {
        update(connection, OFFSET, Topics.VIEWS.topic(), next.getKey(), next.getValue());
      }
      connection.commit();
    }
  }

  /// Writes the raw event, as of a place in the log.
  void writeEvent(RecordedEvent recorded, int partition, long offset) throws SQLException {
    EventMeta meta = recorded.meta();
    write(
      EVENT,
      partition,
      offset,
      recorded.runId().value(),
      recorded.event() instanceof CallEvent of ? of.callId().value() : null,
      EventType.of(recorded.event()).wireName(),
      meta.eventId(),
      meta.occurredAt().atOffset(ZoneOffset.UTC),
      meta.producer().service(),
      meta.producer().instance(),
      meta.producer().buildId(),
      new String(EventCodec.encode(recorded).value(), StandardCharsets.UTF_8)
    );
  }

  /// Writes a console line, as of a place in its topic.
  void writeLine(ConsoleLine line, int partition, long offset) throws SQLException {
    write(
      LINE,
      partition,
      offset,
      line.runId().value(),
      line.at().atOffset(ZoneOffset.UTC),
      line.level().name(),
      line.callId() == null ? null : line.callId().value(),
      line.epoch(),
      line.attempt(),
      line.source(),
      line.text()
    );
  }

  private void write(String sql, @Nullable Object... values) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      update(connection, sql, values);
    }
  }

  void publishAndWrite(RecordedEvent event) throws Exception {
    publish(event);
    writeTables();
  }

  RunProjection projection(RunId runId) {
    return requireNonNull(projections.get(runId));
  }

  void execute(String sql) throws SQLException {
    try (
      Connection connection = dataSource.getConnection();
      Statement statement = connection.createStatement()
    ) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private Future<RecordMetadata> send(int partition, String key, String kind, Record view) {
    return producer.send(
      new ProducerRecord<>(
        Topics.VIEWS.topic(),
        partition,
        key.getBytes(StandardCharsets.UTF_8),
        ContractJson.VIEWS.writeValueAsBytes(view),
        EventRecords.toHeaders(Map.of("view", kind, "generation", "1"))
      )
    );
  }

  private void write(Connection connection, RunProjection projection) throws SQLException {
    RunView run = requireNonNull(projection.run());
    update(
      connection,
      RUN,
      run.runId().value(),
      run.asOf().offset(),
      run.asOf().partition(),
      run.name(),
      run.status().name(),
      run.requestedAt().atOffset(ZoneOffset.UTC),
      ContractJson.VIEWS.writeValueAsString(run.withSpec(null)),
      ContractJson.VIEWS.writeValueAsString(run.spec()),
      firstOffsets.get(run.runId())
    );
    for (CallView call : projection.calls()) {
      update(
        connection,
        CALL,
        call.runId().value(),
        call.callId().value(),
        call.version(),
        call.state().name(),
        call.phase() == null ? null : call.phase().name(),
        call.model() == null ? null : call.model().toString(),
        call.document(),
        ContractJson.VIEWS.writeValueAsString(call)
      );
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
    throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = requireNonNull(TestProjector.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
