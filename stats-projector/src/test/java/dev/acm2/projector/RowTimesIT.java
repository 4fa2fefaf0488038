package dev.acm2.projector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.RunEvent.RunFinished;
import dev.acm2.contract.Topics;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The times of runs and calls in columns of their own: always those of the views beside them.
class RowTimesIT {

  private static final TopicPartition VIEWS = new TopicPartition(Topics.VIEWS.topic(), 0);
  private static final List<RecordedEvent> LOG = openedAgain();
  private static final String OTHER_THAN_IN_VIEWS =
    "SELECT call_id FROM projection.call WHERE finished_at IS DISTINCT FROM" +
    " (view::json ->> 'finishedAt')::timestamptz UNION ALL" +
    " SELECT run_id::text FROM projection.run WHERE" +
    " (started_at, finished_at) IS DISTINCT FROM ((view::json ->> 'startedAt')::timestamptz," +
    " (view::json ->> 'finishedAt')::timestamptz)";

  private final Database database = new Database();
  private final SinkWriter writer = new SinkWriter(
    database.dataSource(),
    Map.of(VIEWS.topic(), new ViewRows(1))
  );
  private final RunProjection projection = new RunProjection();
  private int nextView;

  @BeforeEach
  void prepare() throws SQLException {
    ProjectionSchema.migrate(database.dataSource());
    assertThat(writer.next(VIEWS)).isZero();
  }

  @Test
  void shouldBeThoseOfTheViewsAfterEveryEvent() throws SQLException {
    // given
    List<String> starts = new ArrayList<>();
    List<String> ends = new ArrayList<>();

    // when
    for (int offset = 0; offset < LOG.size(); offset++) {
      happens(offset);

      // then
      assertThat(database.rows(OTHER_THAN_IN_VIEWS)).as("after event %d", offset).isEmpty();
      starts.add(only("SELECT started_at IS NOT NULL FROM projection.run"));
      ends.add(only("SELECT finished_at IS NOT NULL FROM projection.run"));
    }
    assertThat(changesOf(starts)).containsExactly("f", "t");
    assertThat(changesOf(ends)).startsWith("f", "t", "f", "t");
  }

  @Test
  void shouldForgetTheEndOfACallThatIsOpenedAgain() throws SQLException {
    // given
    CallId call = endedAndOpenedAgain();
    List<String> told = new ArrayList<>();

    // when
    for (int offset = 0; offset < LOG.size(); offset++) {
      happens(offset);
      told.addAll(
        database.rows(
          "SELECT state IN ('OK', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED')," +
            " finished_at IS NOT NULL FROM projection.call WHERE call_id = '" +
            call +
            "'"
        )
      );
    }

    // then
    assertThat(changesOf(told)).startsWith("f|f", "t|t", "f|f", "t|t").containsOnly("f|f", "t|t");
  }

  @Test
  void shouldKeepTheEndWhenAnOlderViewOfTheCallComesAgain() throws SQLException {
    // given
    for (int offset = 0; offset < LOG.size(); offset++) {
      happens(offset);
    }
    List<String> ends = database.rows(
      "SELECT call_id, finished_at FROM projection.call ORDER BY 1"
    );

    // when
    RunProjection older = new RunProjection();
    older.apply(LOG.getFirst(), new AsOf(1, 0, 0));
    older.apply(LOG.get(1), new AsOf(1, 0, 1));
    write(older, 1);

    // then
    assertThat(older.calls())
      .isNotEmpty()
      .allMatch(call -> call.finishedAt() == null);
    assertThat(
      database.rows("SELECT call_id, finished_at FROM projection.call ORDER BY 1")
    ).isEqualTo(ends);
  }

  /// Ends calls, finishes, and is opened again.
  private static List<RecordedEvent> openedAgain() {
    return IntStream.range(0, 100)
      .mapToObj(seed -> RandomRun.log(seed, Facts.runId(1), 2))
      .filter(log -> ends(log) > 1)
      .findFirst()
      .orElseThrow();
  }

  private static long ends(List<RecordedEvent> log) {
    return log
      .stream()
      .filter(recorded -> recorded.event() instanceof RunFinished)
      .count();
  }

  private static CallId endedAndOpenedAgain() {
    RunProjection run = new RunProjection();
    List<CallId> ended = new ArrayList<>();
    for (int offset = 0; offset < LOG.size(); offset++) {
      run.apply(LOG.get(offset), new AsOf(1, 0, offset));
      for (CallView call : run.calls()) {
        if (call.state().ended()) {
          ended.add(call.callId());
        } else if (ended.contains(call.callId())) {
          return call.callId();
        }
      }
    }
    throw new AssertionError("the log opens no call again");
  }

  private void happens(int offset) throws SQLException {
    projection.apply(LOG.get(offset), new AsOf(1, 0, offset));
    write(projection, offset);
  }

  private void write(RunProjection run, int version) throws SQLException {
    List<ConsumerRecord<byte[], byte[]>> views = new ArrayList<>();
    for (CallView call : run.calls()) {
      if (call.version() == version) {
        views.add(Records.view(nextView++, "call", 1, call));
      }
    }
    RunView view = requireNonNull(run.run());
    views.add(Records.view(nextView++, "run", 1, version == 0 ? view : view.withSpec(null)));
    assertThat(writer.write(VIEWS, views)).isTrue();
  }

  /// Each value that differs from the one before it.
  private static List<String> changesOf(List<String> values) {
    List<String> changes = new ArrayList<>();
    for (String value : values) {
      if (changes.isEmpty() || !changes.getLast().equals(value)) {
        changes.add(value);
      }
    }
    return changes;
  }

  private String only(String sql) throws SQLException {
    return database.rows(sql).getFirst();
  }
}
