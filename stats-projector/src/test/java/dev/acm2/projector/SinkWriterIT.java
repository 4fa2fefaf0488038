package dev.acm2.projector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RecordedEvent;
import dev.acm2.contract.Topics;
import dev.acm2.eventlog.EventRecords;
import dev.acm2.projection.AsOf;
import dev.acm2.projection.CallView;
import dev.acm2.projection.RunProjection;
import dev.acm2.projection.RunView;
import dev.acm2.testkit.Facts;
import dev.acm2.testkit.RandomRun;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The sinks against a real PostgreSQL.
class SinkWriterIT {

  private static final String ROWS =
    "SELECT run_id, version, status, first_offset, view, spec FROM projection.run ORDER BY 1";
  private static final String OFFSET = "SELECT next_offset FROM projection.sink_offset";
  private static final TopicPartition VIEWS = new TopicPartition(Topics.VIEWS.topic(), 0);

  private final Database database = new Database();
  private final SinkWriter writer = writer(new ViewRows(1));
  private final List<RecordedEvent> log = RandomRun.log(5, Facts.runId(1), 2);
  private final RunProjection expected = new RunProjection();
  private final List<ConsumerRecord<byte[], byte[]>> views = new ArrayList<>();

  @BeforeEach
  void prepare() throws SQLException {
    ProjectionSchema.migrate(database.dataSource());
    assertThat(writer.next(VIEWS)).isZero();
    for (int i = 0; i < log.size(); i++) {
      expected.apply(log.get(i), new AsOf(1, 0, i));
      addViews(i);
    }
  }

  @Test
  void shouldWriteTheLatestOfEachKeyAndKeepTheSpec() throws SQLException {
    // when
    boolean written = writer.write(VIEWS, views);

    // then
    assertThat(written).isTrue();
    assertRowsAreTheFold();
    assertThat(database.rows(OFFSET)).containsExactly("" + (views.getLast().offset() + 1));
    assertThat(
      database.rows("SELECT spec IS NOT NULL, first_offset FROM projection.run")
    ).containsExactly("t|0");
  }

  @Test
  void shouldComeToTheSameRowsInBatchesOfAnySize() throws SQLException {
    // when
    for (int size = 1, from = 0; from < views.size(); from += size, size = (size % 7) + 1) {
      assertThat(
        writer.write(VIEWS, views.subList(from, Math.min(views.size(), from + size)))
      ).isTrue();
    }

    // then
    assertRowsAreTheFold();
  }

  @Test
  void shouldNotWriteTheSameBatchTwice() throws SQLException {
    // given
    writer.write(VIEWS, views);
    List<String> before = database.rows(ROWS);

    // when
    boolean again = writer.write(VIEWS, views);

    // then
    assertThat(again).isFalse();
    assertThat(database.rows(ROWS)).isEqualTo(before);
    assertRowsAreTheFold();
  }

  @Test
  void shouldKeepNewerRowsWhenOlderViewsComeAfterThem() throws SQLException {
    // given newer rows, and a sink that begins anew
    writer.write(VIEWS, views);
    database.execute("UPDATE projection.sink_offset SET next_offset = 0");

    // when
    writer.write(VIEWS, views.subList(0, views.size() / 2));

    // then
    assertRowsAreTheFold();
  }

  @Test
  void shouldFenceASinkThatIsBehind() throws SQLException {
    // given
    SinkWriter zombie = writer(new ViewRows(1));
    writer.write(VIEWS, views.subList(0, 20));
    List<String> before = database.rows(ROWS);

    // when
    boolean written = zombie.write(VIEWS, views.subList(10, 30));

    // then
    assertThat(written).isFalse();
    assertThat(database.rows(ROWS)).isEqualTo(before);
    assertThat(zombie.next(VIEWS)).isEqualTo(views.get(19).offset() + 1);
  }

  @Test
  void shouldLeaveNothingBehindWhenItDiesInsideATransaction() throws SQLException {
    // given
    writer.write(VIEWS, views.subList(0, 10));
    List<String> before = database.rows(ROWS);
    ViewRows rows = new ViewRows(1);
    SinkWriter dying = writer((connection, records) -> {
      rows.write(connection, records);
      throw new SQLException("killed");
    });

    // when
    assertThatThrownBy(() -> dying.write(VIEWS, views.subList(10, views.size()))).isInstanceOf(
      SQLException.class
    );

    // then
    assertThat(database.rows(ROWS)).isEqualTo(before);
    assertThat(database.rows(OFFSET)).containsExactly("" + (views.get(9).offset() + 1));
    assertThat(writer.write(VIEWS, views.subList(10, views.size()))).isTrue();
    assertRowsAreTheFold();
  }

  @Test
  void shouldPassOverViewsOfAnotherGenerationAndReplaceOlderOnes() throws SQLException {
    // given rows of generation 1
    writer.write(VIEWS, views);
    SinkWriter next = writer(new ViewRows(2));

    // when generation 2 reads views of both
    RunView rebuilt = requireNonNull(expected.run());
    RunView run = ContractJson.VIEWS.readValue(
      ContractJson.VIEWS.writeValueAsString(rebuilt).replace(
        "\"generation\":1",
        "\"generation\":2"
      ),
      RunView.class
    );
    List<ConsumerRecord<byte[], byte[]>> mixed = new ArrayList<>();
    mixed.add(Records.view(mixed.size() + views.size(), "run", 1, rebuilt));
    mixed.add(Records.view(mixed.size() + views.size(), "run", 2, run));
    next.write(VIEWS, mixed);

    // then
    assertThat(database.rows("SELECT generation, version FROM projection.run")).containsExactly(
      "2|" + run.asOf().offset()
    );
  }

  @Test
  void shouldQuarantineWhatIsNoView() throws SQLException {
    // given
    ConsumerRecord<byte[], byte[]> broken = Records.view(
      0,
      "run",
      1,
      "{".getBytes(StandardCharsets.UTF_8)
    );

    // when
    writer.write(VIEWS, List.of(broken));

    // then
    assertThat(
      database.rows("SELECT topic, partition, log_offset, value FROM projection.quarantine")
    ).containsExactly("acm2.views|0|0|\\x7b");
  }

  @Test
  void shouldHoldBackCallsUntilTheirRunFollows() {
    // given
    ViewRows rows = new ViewRows(1);
    ConsumerRecord<byte[], byte[]> call = views
      .stream()
      .filter(v -> kind(v).equals("call"))
      .findFirst()
      .orElseThrow();
    ConsumerRecord<byte[], byte[]> run = views.getFirst();

    // then
    assertThat(rows.whole(List.of(run, call))).isEqualTo(1);
    assertThat(rows.whole(List.of(call))).isZero();
    assertThat(rows.whole(List.of(call, run))).isEqualTo(2);
  }

  private SinkWriter writer(RowWriter rows) {
    return new SinkWriter(database.dataSource(), Map.of(VIEWS.topic(), rows));
  }

  private void assertRowsAreTheFold() throws SQLException {
    assertThat(database.rows("SELECT view FROM projection.run")).containsExactly(
      ContractJson.VIEWS.writeValueAsString(requireNonNull(expected.run()).withSpec(null))
    );
    assertThat(
      database.rows("SELECT view FROM projection.call ORDER BY call_id")
    ).containsExactlyElementsOf(
      expected.calls().stream().map(ContractJson.VIEWS::writeValueAsString).toList()
    );
    assertThat(
      database.rows("SELECT state FROM projection.call ORDER BY call_id")
    ).containsExactlyElementsOf(
      expected
        .calls()
        .stream()
        .map(c -> c.state().name())
        .toList()
    );
  }

  private void addViews(int version) {
    for (CallView call : expected.calls()) {
      if (call.version() == version) {
        views.add(Records.view(views.size(), "call", 1, call));
      }
    }
    RunView run = requireNonNull(expected.run());
    views.add(Records.view(views.size(), "run", 1, version == 0 ? run : run.withSpec(null)));
  }

  private static String kind(ConsumerRecord<byte[], byte[]> view) {
    return EventRecords.toMap(view.headers()).getOrDefault("view", "");
  }
}
