package dev.acm2.projector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.acm2.contract.CallId;
import dev.acm2.contract.ConsoleLine;
import dev.acm2.contract.ConsoleLine.Level;
import dev.acm2.contract.ContractJson;
import dev.acm2.contract.RunId;
import dev.acm2.contract.Topics;
import dev.acm2.testkit.Facts;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Console lines against a real PostgreSQL.
class LogRowsIT {

  private static final RunId RUN = Facts.runId(1);
  private static final CallId CALL = new CallId("0123456789abcdef0123456789abcdef");
  private static final TopicPartition LOGS = new TopicPartition(Topics.LOGS.topic(), 1);
  private static final String LINES =
    "SELECT log_partition, log_offset, run_id, level, coalesce(call_id, '-'), epoch, attempt," +
    " source, text, at = '2026-01-01T00:00:00Z' FROM projection.run_log ORDER BY 1, 2";

  private final Database database = new Database();
  private final SinkWriter writer = new SinkWriter(
    database.dataSource(),
    Map.of(LOGS.topic(), new LogRows())
  );

  @BeforeEach
  void prepare() throws SQLException {
    ProjectionSchema.migrate(database.dataSource());
    assertThat(writer.next(LOGS)).isZero();
  }

  @Test
  void shouldKeepEachLineOnceWithTheOffsetItWasReadAt() throws SQLException {
    // given
    List<ConsumerRecord<byte[], byte[]>> lines = List.of(
      line(4, new ConsoleLine(RUN, null, 0, 0, "worker-1", Facts.START, Level.INFO, "hello")),
      line(6, new ConsoleLine(RUN, CALL, 2, 3, "worker-1", Facts.START, Level.WARN, "busy\0"))
    );

    // when
    boolean first = writer.write(LOGS, lines);
    boolean again = writer.write(LOGS, lines);

    // then
    assertThat(first).isTrue();
    assertThat(again).isFalse();
    assertThat(writer.next(LOGS)).isEqualTo(7);
    assertThat(database.rows(LINES)).containsExactly(
      "1|4|" + RUN + "|INFO|-|0|0|worker-1|hello|t",
      "1|6|" + RUN + "|WARN|" + CALL + "|2|3|worker-1|busy\uFFFD|t"
    );
  }

  @Test
  void shouldQuarantineWhatIsNoLineAndGoOn() throws SQLException {
    // given
    ConsoleLine good = new ConsoleLine(RUN, null, 0, 0, "w", Facts.START, Level.INFO, "good");

    // when
    writer.write(
      LOGS,
      List.of(
        record(0, null),
        record(1, "{"),
        record(2, "null"),
        record(3, "{\"runId\":\"" + RUN + "\",\"epoch\":0,\"attempt\":0}"),
        line(4, good)
      )
    );

    // then
    assertThat(
      database.rows("SELECT topic, partition, log_offset FROM projection.quarantine ORDER BY 3")
    ).containsExactly("acm2.logs|1|0", "acm2.logs|1|1", "acm2.logs|1|2", "acm2.logs|1|3");
    assertThat(
      database.rows("SELECT error FROM projection.quarantine WHERE log_offset = 3")
    ).allMatch(error -> error.contains("source is missing"));
    assertThat(database.rows("SELECT text FROM projection.run_log")).containsExactly("good");
  }

  /// No line may stop those that follow it.
  @Test
  void shouldKeepALineOfAClockThatIsOutOfItsMind() throws SQLException {
    writer.write(
      LOGS,
      List.of(
        line(0, new ConsoleLine(RUN, null, 0, 0, "w", Instant.MAX, Level.ERROR, "late")),
        line(1, new ConsoleLine(RUN, null, 0, 0, "w", Instant.MIN, Level.DEBUG, "early"))
      )
    );

    assertThat(database.rows("SELECT text FROM projection.run_log ORDER BY at")).containsExactly(
      "early",
      "late"
    );
  }

  private static ConsumerRecord<byte[], byte[]> line(long offset, ConsoleLine line) {
    return record(offset, ContractJson.EVENTS.writeValueAsString(line));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, @Nullable String value) {
    return new ConsumerRecord<>(
      LOGS.topic(),
      LOGS.partition(),
      offset,
      RUN.toString().getBytes(StandardCharsets.UTF_8),
      value == null ? null : value.getBytes(StandardCharsets.UTF_8)
    );
  }
}
