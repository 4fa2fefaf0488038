package dev.acm2.projector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunArchived;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Await;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The deletion of a run against a real PostgreSQL, whichever sink is ahead.
class DeletedRunsIT {

  private static final RunId GONE = Facts.runId(1);
  private static final RunId KEPT = Facts.runId(2);
  private static final TopicPartition VIEWS = new TopicPartition(Topics.VIEWS.topic(), 0);
  private static final TopicPartition EVENTS = new TopicPartition(Topics.EVENTS.topic(), 0);
  private static final TopicPartition LOGS = new TopicPartition(Topics.LOGS.topic(), 0);
  private static final List<String> TABLES = List.of("run", "call", "run_event", "run_log");

  private final Database database = new Database();
  private final SinkWriter writer = writer(new ViewRows(1));
  private final RunProjection gone = new RunProjection();
  private @Nullable RunView lastView;
  private int nextView;
  private final List<ConsumerRecord<byte[], byte[]>> views = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> lines = List.of(line(0, GONE), line(1, KEPT));

  @BeforeEach
  void prepare() throws SQLException {
    ProjectionSchema.migrate(database.dataSource());
    for (TopicPartition partition : List.of(VIEWS, EVENTS, LOGS)) {
      assertThat(writer.next(partition)).isZero();
    }
    RunProjection kept = new RunProjection();
    RandomRun.log(6, KEPT, 1).forEach(event -> happens(kept, event));
    addViews(requireNonNull(kept.run()), kept.calls());
    for (RecordedEvent event : RandomRun.deletedLog(5, GONE, 2)) {
      List<CallView> calls = List.copyOf(gone.calls());
      @Nullable
      RunView run = gone.run();
      happens(gone, event);
      if (run != null && !run.deleted() && requireNonNull(gone.run()).deleted()) {
        addViews(run, calls);
        lastView = run;
      }
    }
  }

  @Test
  void shouldDeleteAllRowsOfTheRunAndNoOther() throws SQLException {
    // given
    writeAll();
    assertThat(ofGone()).allMatch(count -> count > 0);
    List<Long> others = count(KEPT);

    // when
    boolean written = writer.write(VIEWS, List.of(tombstone()));

    // then
    assertThat(written).isTrue();
    assertThat(ofGone()).containsOnly(0L);
    assertThat(count(KEPT))
      .isEqualTo(others)
      .allMatch(count -> count > 0);
    long version = requireNonNull(gone.run()).asOf().offset();
    assertThat(
      database.rows("SELECT run_id, partition, log_offset FROM projection.deleted_run")
    ).containsExactly(GONE + "|0|" + version);
  }

  @Test
  void shouldWriteTheViewsBesideTheDeletionInOneBatch() throws SQLException {
    // given
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(views);
    batch.add(tombstone());

    // when
    writer.write(VIEWS, batch);

    // then
    assertThat(ofGone()).containsOnly(0L);
    assertThat(database.rows("SELECT run_id FROM projection.run")).containsExactly("" + KEPT);
  }

  /// Nothing of it comes back, neither when a sink begins anew nor when the log is folded anew.
  @Test
  void shouldStayDeletedWhenItsViewsAreReadAgain() throws SQLException {
    // given
    writeAll();
    writer.write(VIEWS, List.of(tombstone()));
    database.execute("UPDATE projection.sink_offset SET next_offset = 0");

    // when
    writeAll();
    database.execute("UPDATE projection.sink_offset SET next_offset = 0");
    writer(new ViewRows(2)).write(VIEWS, List.of(view("run", 2, requireNonNull(lastView))));

    // then
    assertThat(ofGone()).containsOnly(0L);
    assertThat(count(KEPT)).allMatch(count -> count > 0);
  }

  @Test
  void shouldDropEventsAndLinesThatComeAfterTheDeletion() throws SQLException {
    // when the other sinks are behind
    writer.write(VIEWS, views);
    writer.write(VIEWS, List.of(tombstone()));
    writer.write(EVENTS, events);
    writer.write(LOGS, lines);

    // then
    assertThat(ofGone()).containsOnly(0L);
    assertThat(count(KEPT)).allMatch(count -> count > 0);
    assertThat(writer.next(EVENTS)).isEqualTo(events.size());
    assertThat(database.rows("SELECT service FROM projection.producer")).containsExactly("test");
  }

  @Test
  void shouldDeleteNothingWhenItDiesInsideTheTransaction() throws SQLException {
    // given
    writeAll();
    List<Long> before = ofGone();
    ViewRows rows = new ViewRows(1);
    SinkWriter dying = writer((connection, records) -> {
      rows.write(connection, records);
      throw new SQLException("killed");
    });

    // when
    assertThatThrownBy(() -> dying.write(VIEWS, List.of(tombstone()))).isInstanceOf(
      SQLException.class
    );

    // then
    assertThat(ofGone()).isEqualTo(before);
    assertThat(database.rows("SELECT run_id FROM projection.deleted_run")).isEmpty();
    writer.write(VIEWS, List.of(tombstone()));
    assertThat(ofGone()).containsOnly(0L);
  }

  /// The rows of a transaction under way are not seen yet: the deletion waits for its end.
  @Test
  void shouldDeleteWhatAnotherSinkIsAboutToCommit() throws Exception {
    // given
    writer.write(VIEWS, views);
    try (Connection raw = database.dataSource().getConnection()) {
      raw.setAutoCommit(false);
      new EventRows().write(raw, events);
      new LogRows().write(raw, lines);

      // when
      CompletableFuture<Boolean> deletion = CompletableFuture.supplyAsync(() -> {
        try {
          return writer.write(VIEWS, List.of(tombstone()));
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      });
      Await.until("the deletion waits", Duration.ofSeconds(30), this::somebodyWaits);
      raw.commit();

      // then
      assertThat(deletion.get(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ofGone()).containsOnly(0L);
    assertThat(count(KEPT)).allMatch(count -> count > 0);
  }

  @Test
  void shouldMarkArchivedRuns() throws SQLException {
    // given
    RunProjection run = new RunProjection();
    Facts facts = new Facts("test");
    run.apply(RandomRun.log(7, Facts.runId(3), 1).getFirst(), new AsOf(1, 0, 10_000));
    run.apply(facts.stamp(Facts.runId(3), new RunArchived("in the way")), new AsOf(1, 0, 10_001));

    // when
    writer.write(VIEWS, List.of(view("run", 1, requireNonNull(run.run()))));

    // then
    assertThat(database.rows("SELECT archived FROM projection.run")).containsExactly("t");
  }

  private void writeAll() throws SQLException {
    writer.write(VIEWS, views);
    writer.write(EVENTS, events);
    writer.write(LOGS, lines);
  }

  private boolean somebodyWaits() throws SQLException {
    return !database
      .rows(
        "SELECT pid FROM pg_locks" +
          " WHERE NOT granted AND relation = 'projection.deleted_run'::regclass"
      )
      .isEmpty();
  }

  private List<Long> ofGone() throws SQLException {
    return count(GONE);
  }

  private List<Long> count(RunId run) throws SQLException {
    List<Long> counts = new ArrayList<>();
    for (String table : TABLES) {
      String sql = "SELECT count(*) FROM projection." + table + " WHERE run_id = '" + run + "'";
      counts.add(Long.parseLong(database.rows(sql).getFirst()));
    }
    return counts;
  }

  private SinkWriter writer(RowWriter viewRows) {
    return new SinkWriter(
      database.dataSource(),
      Map.of(VIEWS.topic(), viewRows, EVENTS.topic(), new EventRows(), LOGS.topic(), new LogRows())
    );
  }

  private void happens(RunProjection run, RecordedEvent event) {
    run.apply(event, new AsOf(1, 0, events.size()));
    events.add(Records.event(events.size(), event));
  }

  private void addViews(RunView run, Collection<CallView> calls) {
    calls.forEach(call -> views.add(view("call", 1, call)));
    views.add(view("run", 1, run));
  }

  private ConsumerRecord<byte[], byte[]> tombstone() {
    return view("run", 1, requireNonNull(gone.run()));
  }

  private ConsumerRecord<byte[], byte[]> view(String kind, int generation, Record view) {
    return Records.view(nextView++, kind, generation, view);
  }

  private static ConsumerRecord<byte[], byte[]> line(long offset, RunId run) {
    return Records.line(
      offset,
      new ConsoleLine(run, null, 0, 0, "w", Facts.START, Level.INFO, "hello")
    );
  }
}
